import { expect } from 'vitest'
import { english } from '../shared/phrases/english'
import { isPhrase } from '../shared/phrases/phrase'

/** In what a test expects, a phrase stands for what it says in English: tests expect what a person reads. */
expect.addEqualityTesters([
  (one: unknown, other: unknown): boolean | undefined => {
    if (isPhrase(one) && typeof other === 'string') return english(one) === other
    if (isPhrase(other) && typeof one === 'string') return english(other) === one
    return undefined
  },
])

interface Matcher {
  asymmetricMatch: (this: Matcher, other: unknown) => boolean
}

// Vitest asks `stringContaining` and `stringMatching` themselves, before any tester (packages/expect/src/jest-utils.ts).
for (const matcher of [expect.stringContaining(''), expect.stringMatching('')] as unknown[]) {
  const prototype = Object.getPrototypeOf(matcher) as Matcher
  const { asymmetricMatch } = prototype
  prototype.asymmetricMatch = function (other) {
    return asymmetricMatch.call(this, isPhrase(other) ? english(other) : other)
  }
}
