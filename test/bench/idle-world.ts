import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { openWorld } from '../../electron/world/open-world'
import { thisComputer } from '../../electron/world/sources'

/** Follows the World of the workstation it runs on, and prints the clock ticks that this costs: SETTLE WATCH, in seconds. */
const [settle = 0, watch = 0] = process.argv.slice(2).map(Number)

/** User and system ticks of this process (proc(5), fields 14 and 15 of stat). */
async function ticks(): Promise<number> {
  const text = await readFile('/proc/self/stat', 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

const { store } = await openWorld({
  uri: 'qemu:///system',
  sources: thisComputer(false),
  look: { libvirt: true, host: true, records: true },
  follow: true,
  onTrouble: (message) => console.error(message),
})
await store.until(({ libvirt }) => (libvirt.state === 'connected' ? true : undefined))
await pause(settle * 1000)
const before = await ticks()
await pause(watch * 1000)
console.log((await ticks()) - before)
await store.close()
