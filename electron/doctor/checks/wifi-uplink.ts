import type { Check } from '../check'
import { advice, fine, notApplicable } from '../verdicts'

/** An access point takes frames from the MAC that signed in only (IEEE 802.11, three-address frames). */
export const wifiUplink: Check = {
  id: 'wifi-uplink',
  title: 'The way out can be bridged',
  verdict({ host: { host } }) {
    const { uplink, links } = host
    if (uplink === null) return notApplicable('This computer has no way out.')
    const wifi = links.find(({ name, kind }) => kind === 'wifi' && [uplink.link, uplink.nic].includes(name))
    if (wifi === undefined) return fine(`${uplink.nic} is no Wi-Fi card.`)
    return {
      state: 'found',
      findings: [
        {
          subject: wifi.name,
          weight: 'notice',
          certainty: 'seen',
          problem: `${wifi.name} is a Wi-Fi card, which can’t be a port of a bridge.`,
          reason:
            'An access point accepts one MAC for each station, and drops what machines send with theirs.',
          remedy: advice('Plug machines into NAT or a routed network, or connect this computer by cable.'),
        },
      ],
    }
  },
}
