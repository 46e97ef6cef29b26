import { PatchbayError, toFailure } from '../../shared/failure'
import type { Libvirt } from '../libvirt/libvirt'
import type { Definitions } from './definitions'
import { say } from '../../shared/phrases/phrase'

/**
 * Stops a network and starts it as its saved definition says now. When that does not work, it runs again as it did before,
 * and the saved definition stays.
 * @throws PatchbayError `rolled-back` when it runs as before, `rollback-failed` when it does not run at all; LibvirtError
 * with nothing changed
 */
export async function restartNetwork(libvirt: Libvirt, { net, live, saved }: Definitions): Promise<void> {
  if (live !== null) await libvirt.call('networkDestroy', { net })
  try {
    await libvirt.call('networkCreate', { net })
  } catch (thrown) {
    if (live === null || saved === null) throw thrown
    throw await runAsBefore(libvirt, { net, live, saved }, thrown)
  }
}

async function runAsBefore(
  libvirt: Libvirt,
  { net, live, saved }: { [K in keyof Definitions]: NonNullable<Definitions[K]> },
  thrown: unknown,
): Promise<PatchbayError> {
  const { message, ...rest } = toFailure(thrown)
  try {
    await libvirt.call('networkDefineXml', { xml: live })
    await libvirt.call('networkCreate', { net })
    await libvirt.call('networkDefineXml', { xml: saved })
  } catch (second) {
    return new PatchbayError(
      {
        ...rest,
        code: 'rollback-failed',
        message: say('started-as-before-failed', {
          ...{ message, name: net.name, second: toFailure(second).message },
        }),
        hint: say('machines-no-connection-look', { name: net.name }),
      },
      { cause: second },
    )
  }
  return new PatchbayError(
    {
      ...rest,
      code: 'rolled-back',
      message: say('sentences', { all: [message, say('network-runs-as-before', { name: net.name })] }),
      hint: say('changed-in-still-saved-change'),
    },
    { cause: thrown },
  )
}
