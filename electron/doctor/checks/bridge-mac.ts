import type { Check } from '../check'
import { advice, fine, notApplicable, unknown } from '../verdicts'

/** systemd ≥ 242 gives bridges a MAC of their own (systemd.link(5), MACAddressPolicy=persistent), and the router then another lease. */
export const bridgeMac: Check = {
  id: 'bridge-mac',
  title: 'The bridge to the LAN has its card’s MAC',
  verdict({ host: { host } }) {
    const { uplink, links } = host
    if (uplink?.bridge == null) return notApplicable('There is no bridge to the LAN.')
    const macOf = (wanted: string): string | null => links.find(({ name }) => name === wanted)?.mac ?? null
    const [own, nic] = [macOf(uplink.bridge), macOf(uplink.nic)]
    if (own === null || nic === null)
      return unknown(`The MAC of ${uplink.bridge} or ${uplink.nic} is not told.`)
    if (own === nic) return fine(`${uplink.bridge} has the MAC of ${uplink.nic}.`)
    return {
      state: 'found',
      findings: [
        {
          subject: uplink.bridge,
          weight: 'notice',
          certainty: 'seen',
          problem: `${uplink.bridge} has the MAC ${own}, and its card ${uplink.nic} has ${nic}.`,
          reason:
            'Whoever made it gave it another one, so the router leases this computer another address than before.',
          remedy: advice(
            'Where that matters, undo the bridge and have Patchbay make it, which keeps the MAC: patchbay bridge create',
          ),
        },
      ],
    }
  },
}
