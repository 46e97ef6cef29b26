import { all } from '../all'
import type { common as English } from '../en/common'

export const common: typeof English = {
  sentences: ({ all }) => all.join(' '),
  clauses: ({ all }) => all.join('; '),
  listed: ({ items }) => all(items, 'y'),
  commas: ({ items }) => items.join(', '),
  labelled: ({ name, detail }) => `${name}: ${detail}`,
}
