import { openWorld } from '../../electron/world/open-world'
import { thisComputer } from '../../electron/world/sources'

/** Follows the World of the workstation it runs on, without a window, until it is ended. Prints a line when it is connected. */
const { store } = await openWorld({
  uri: 'qemu:///system',
  sources: thisComputer(false),
  look: { libvirt: true, host: true, records: true },
  follow: true,
  onTrouble: (message) => console.error(message),
})
await store.until(({ libvirt }) => (libvirt.state === 'connected' ? true : undefined))
console.log('following')
