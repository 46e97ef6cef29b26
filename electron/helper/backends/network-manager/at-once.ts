import { prepareBatch } from '../../kernel/move'

/**
 * Has NetworkManager begin something, and the kernel do what `lines` say at that very moment. Nothing of them where
 * NetworkManager did not begin: it would take the NIC for what it was. Returns what `begin` does, and what `ip` complained of.
 */
export async function atOnce<T>(
  begin: () => Promise<T>,
  lines: readonly string[],
): Promise<{ begun: T; printed: string }> {
  const batch = prepareBatch()
  let begun: T
  try {
    begun = await begin()
  } catch (error) {
    await batch([])
    throw error
  }
  return { begun, printed: await batch(lines) }
}
