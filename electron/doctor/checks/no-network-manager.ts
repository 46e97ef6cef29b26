import type { HostManager } from '../../../shared/world/host'
import type { Check } from '../check'
import { advice, fine, notApplicable } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

const NAMES: Readonly<Record<Exclude<HostManager, 'none' | 'unknown'>, string>> = {
  networkmanager: 'NetworkManager',
  'systemd-networkd': 'systemd-networkd',
  netplan: 'netplan',
  ifupdown: 'ifupdown',
}

/** A bridge lasts when whoever manages the card knows of it. */
export const noNetworkManager: Check = {
  id: 'no-network-manager',
  title: say('somebody-manages-way-out'),
  verdict({ host: { host } }) {
    if (host.uplink === null) return notApplicable(say('computer-no-way-out'))
    const { manager, uplink } = host
    if (manager !== 'none' && manager !== 'unknown') {
      return fine(say('manages-bridge-made-through', { manager: NAMES[manager], link: uplink.link }))
    }
    return {
      state: 'found',
      findings: [
        {
          subject: uplink.link,
          weight: 'notice',
          certainty: 'seen',
          problem: say('nothing-patchbay-knows-manages', { link: uplink.link }),
          reason: say('addresses-set-hand-or-script'),
          remedy: advice(say('for-bridge-lasts-set-card')),
        },
      ],
    }
  },
}
