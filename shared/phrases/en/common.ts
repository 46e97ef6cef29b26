import { all } from '../all'

/** What every room needs: words as they are, lists, and sentences beside each other. */
export const common = {
  sentences: ({ all }: { all: readonly string[] }) => all.join(' '),
  clauses: ({ all }: { all: readonly string[] }) => all.join('; '),
  listed: ({ items }: { items: readonly string[] }) => all(items, 'and'),
  commas: ({ items }: { items: readonly string[] }) => items.join(', '),
  labelled: ({ name, detail }: { name: string; detail: string }) => `${name}: ${detail}`,
}
