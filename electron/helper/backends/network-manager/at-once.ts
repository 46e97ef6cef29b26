import { prepareBatch } from '../../kernel/move'

/**
 * Has NetworkManager begin something, and the kernel do what `lines` say at that very moment. Nothing of them where
 * NetworkManager did not begin: it would take the NIC for what it was. Returns what `begin` does.
 */
export async function atOnce<T>(begin: () => Promise<T>, lines: readonly string[]): Promise<T> {
  const batch = prepareBatch()
  let due: readonly string[] = []
  try {
    const begun = await begin()
    due = lines
    return begun
  } finally {
    await batch(due)
  }
}
