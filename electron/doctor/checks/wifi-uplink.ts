import type { Check } from '../check'
import { advice, fine, notApplicable } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** An access point takes frames from the MAC that signed in only (IEEE 802.11, three-address frames). */
export const wifiUplink: Check = {
  id: 'wifi-uplink',
  title: say('way-out-can-bridged'),
  verdict({ host: { host } }) {
    const { uplink, links } = host
    if (uplink === null) return notApplicable(say('computer-no-way-out'))
    const wifi = links.find(({ name, kind }) => kind === 'wifi' && [uplink.link, uplink.nic].includes(name))
    if (wifi === undefined) return fine(say('no-wi-fi-card', { nic: uplink.nic }))
    return {
      state: 'found',
      findings: [
        {
          subject: wifi.name,
          weight: 'notice',
          certainty: 'seen',
          problem: say('wi-fi-card-cannot-port', { name: wifi.name }),
          reason: say('access-point-accepts-mac'),
          remedy: advice(say('plug-machines-into-nat')),
        },
      ],
    }
  },
}
