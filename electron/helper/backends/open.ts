import type { BackendName } from '../../../shared/helper/plan'
import type { Backend } from './backend'
import { ifupdownBackend } from './ifupdown/backend'
import { kernelBackend } from './unmanaged/backend'
import { networkdBackend } from './networkd/backend'
import { openNetworkManagerBackend } from './network-manager/backend'

/** Opens a backend. Throws a `PatchbayError` `unsupported` when its manager can't be reached. */
export async function openBackend(name: BackendName): Promise<Backend> {
  switch (name) {
    case 'networkmanager':
      return openNetworkManagerBackend()
    case 'kernel':
      return kernelBackend
    case 'systemd-networkd':
      return networkdBackend
    case 'ifupdown':
      return ifupdownBackend
  }
}
