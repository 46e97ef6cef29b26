import { readFile } from 'node:fs/promises'

/**
 * Whether a link is up and has no carrier: its cable is out, or the switch is off. One that is down, or not there, does not
 * tell (kernel: Documentation/ABI/testing/sysfs-class-net, carrier).
 */
export async function isUnplugged(link: string): Promise<boolean> {
  try {
    return (await readFile(`/sys/class/net/${link}/carrier`, 'utf8')).trim() === '0'
  } catch {
    return false
  }
}
