import { moveNetwork } from '../move-network'
import { type Backend, keepsNothing } from '../backend'

/**
 * For an uplink that nobody manages: addresses set by a script or by hand. The kernel alone is changed, so the bridge lasts
 * until the next restart; the name servers stay where they are, since they hang on no link.
 */
export const kernelBackend: Backend = {
  ...keepsNothing,
  name: 'kernel',
  configuration: ['/etc/resolv.conf'],
  prepare: () => Promise.resolve({ own: null, files: [], lease: null }),
  async apply(side, change, { signal }) {
    signal.throwIfAborted()
    await moveNetwork(side, change)
  },
  recover: (side, change) => moveNetwork(side, change),
}
