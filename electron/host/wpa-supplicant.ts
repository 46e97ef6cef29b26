import { readdir, readFile } from 'node:fs/promises'

/**
 * The links that a wpa_supplicant was started for by name (wpa_supplicant(8), `-i`), as ifupdown, netplan and
 * wpa_supplicant-wired@.service do. NetworkManager's own one names none, and its profiles tell instead.
 */
export async function readSignedIn(): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(processes.map((pid) => commandOf(pid)))
  return [...new Set(commands.flatMap(linksSignedIn))].sort()
}

/** The links that a command line names, when it is wpa_supplicant's. Pure. */
export function linksSignedIn(command: readonly string[]): string[] {
  if (!/(^|\/)wpa_supplicant$/.test(command[0] ?? '')) return []
  return command.flatMap((word, index) => {
    const [, attached] = /^-i(.*)$/.exec(word) ?? []
    const link = attached === '' ? command[index + 1] : attached
    return link === undefined ? [] : [link]
  })
}

/** The words of a process's command; none when it has ended meanwhile. */
async function commandOf(pid: string): Promise<string[]> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
  } catch {
    return []
  }
}
