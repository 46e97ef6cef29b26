import { openWorld, type OpenedWorld } from '../../electron/world/open-world'
import { thisComputer } from '../../electron/world/sources'
import { english } from '../../shared/phrases/english'

/** Opens the World of a lab's libvirt, without this computer's network; resolves when it is complete. */
export async function completeWorld(uri: string, follow: boolean): Promise<OpenedWorld> {
  const opened = await openWorld({
    uri,
    sources: thisComputer(false),
    look: { libvirt: true, host: false, records: false },
    follow,
    onTrouble: (message) => console.error(message),
  })
  const { libvirt } = await opened.store.until(({ libvirt, ...world }) =>
    libvirt.state === 'connecting' ? undefined : { libvirt, ...world },
  )
  if (libvirt.state === 'offline') throw new Error(english(libvirt.failure.message))
  return opened
}
