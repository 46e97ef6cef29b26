import { isPhrase, type Filling, type Text } from './phrase'

/** A text with everything in it that is no phrase changed by `change`: what somebody else may have written. */
export function inStrings(text: Text, change: (text: string) => string): Text {
  if (!isPhrase(text)) return change(text)
  const { say, with: given } = text
  if (given === undefined) return text
  const changed = Object.entries(given).map(([name, filling]) => [name, inFilling(filling, change)] as const)
  return { say, with: Object.fromEntries(changed) }
}

function inFilling(filling: Filling, change: (text: string) => string): Filling {
  if (typeof filling === 'string' || isPhrase(filling)) return inStrings(filling, change)
  return Array.isArray(filling) ? filling.map((one: Text) => inStrings(one, change)) : filling
}
