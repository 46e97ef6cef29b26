import type { Check } from '../check'
import { advice, fine, notApplicable, unknown } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** systemd ≥ 242 gives bridges a MAC of their own (systemd.link(5), MACAddressPolicy=persistent), and the router then another lease. */
export const bridgeMac: Check = {
  id: 'bridge-mac',
  title: say('bridge-to-lan-card-mac'),
  verdict({ host: { host } }) {
    const { uplink, links } = host
    if (uplink?.bridge == null) return notApplicable(say('no-bridge-to-lan'))
    const macOf = (wanted: string): string | null => links.find(({ name }) => name === wanted)?.mac ?? null
    const [own, nic] = [macOf(uplink.bridge), macOf(uplink.nic)]
    if (own === null || nic === null)
      return unknown(say('mac-or-not-told', { bridge: uplink.bridge, nic: uplink.nic }))
    if (own === nic) return fine(say('has-the-mac-of', { bridge: uplink.bridge, nic: uplink.nic }))
    return {
      state: 'found',
      findings: [
        {
          subject: uplink.bridge,
          weight: 'notice',
          certainty: 'seen',
          problem: say('mac-card', { bridge: uplink.bridge, own, nic: uplink.nic, mac: nic }),
          reason: say('whoever-made-gave-another-router'),
          remedy: advice(say('where-matters-undo-bridge-patchbay')),
        },
      ],
    }
  },
}
