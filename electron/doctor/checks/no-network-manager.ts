import type { HostManager } from '../../../shared/world/host'
import type { Check } from '../check'
import { advice, fine, notApplicable } from '../verdicts'

const NAMES: Readonly<Record<Exclude<HostManager, 'none' | 'unknown'>, string>> = {
  networkmanager: 'NetworkManager',
  'systemd-networkd': 'systemd-networkd',
  netplan: 'netplan',
  ifupdown: 'ifupdown',
}

/** A bridge lasts when whoever manages the card knows of it. */
export const noNetworkManager: Check = {
  id: 'no-network-manager',
  title: 'Somebody manages the way out',
  verdict({ host: { host } }) {
    if (host.uplink === null) return notApplicable('This computer has no way out.')
    const { manager, uplink } = host
    if (manager !== 'none' && manager !== 'unknown') {
      return fine(`${NAMES[manager]} manages ${uplink.link}, and a bridge is made through it.`)
    }
    return {
      state: 'found',
      findings: [
        {
          subject: uplink.link,
          weight: 'notice',
          certainty: 'seen',
          problem: `Nothing that Patchbay knows manages ${uplink.link}.`,
          reason:
            'Its addresses were set by hand or by a script. A bridge is then made in the kernel alone, and lasts until the next restart.',
          remedy: advice(
            'For a bridge that lasts, set the card up in NetworkManager, systemd-networkd, netplan or ifupdown first.',
          ),
        },
      ],
    }
  },
}
