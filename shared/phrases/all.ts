/** `a`, `a and b`, `a, b and c`, with the word for "and". */
export const all = (items: readonly string[], and: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1) ?? ''}`
