/**
 * Structural sharing: gives back `before` wherever `after` says the same, so that an unchanged part of the World
 * stays the same object and a comparison by identity tells what changed. For plain data (no cycles, no classes).
 */
export function keep<T>(before: T, after: T): T
export function keep(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before
  if (Array.isArray(before) && Array.isArray(after)) return keepArray(before, after)
  if (isRecord(before) && isRecord(after)) return keepRecord(before, after)
  return after
}

function keepArray(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const kept = after.map((item, i) => keep(before[i], item))
  return before.length === kept.length && kept.every((item, i) => item === before[i]) ? before : kept
}

function keepRecord(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, unknown> {
  const keys = Object.keys(after)
  const kept = Object.fromEntries(keys.map((key) => [key, keep(before[key], after[key])]))
  const same =
    Object.keys(before).length === keys.length &&
    keys.every((key) => Object.hasOwn(before, key) && Object.is(before[key], kept[key]))
  return same ? before : kept
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same for a list keyed by `id`: an item is compared with the one of its own id, wherever that stood. */
export function keepItems<T extends { id: string }>(before: readonly T[], after: readonly T[]): readonly T[] {
  const known = new Map(before.map((item) => [item.id, item]))
  const kept = after.map((item) => {
    const old = known.get(item.id)
    return old === undefined ? item : keep(old, item)
  })
  return before.length === kept.length && kept.every((item, i) => item === before[i]) ? before : kept
}
