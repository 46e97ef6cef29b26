import type { Finding } from '../../../shared/doctor/doctor'
import { servesDhcp, type Nic } from '../../../shared/world/world'
import { contains, parseCidr, parseIp } from '../../networks/cidr'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { libvirtAway, listed, liveNics, networksIn } from '../subjects'
import { fixBy, foundOr, unknown } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** A guest that has not noticed its move keeps the address of the place where it was. */
export const oldAddress: Check = {
  id: 'old-address',
  title: say('addresses-fit-network'),
  verdict(facts) {
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const findings = liveNics(facts.world).flatMap(({ machine, nic }): Finding[] => {
      const { live, mac, linkUp } = nic
      if (live?.type !== 'network' || !linkUp) return []
      const network = networksIn(facts).find(({ name, active }) => active && name === live.network)
      const subnets = (network?.subnets ?? []).filter((one) => one.family === 4 && servesDhcp(one))
      const own = addressesOf(facts, nic, network?.bridge ?? null)
      const fits = own.some((ip) => subnets.some((subnet) => isIn(ip, subnet)))
      if (subnets.length === 0 || own.length === 0 || fits) return []
      return [
        {
          subject: mac,
          weight: 'trouble',
          certainty: 'seen',
          problem: say('no-address-network', { name: machine.name, own: listed(own), network: live.network }),
          reason: say('kept-had-elsewhere-nobody-answers'),
          remedy: fixBy({ kind: 'renew-address', machine: machine.id, mac }),
        },
      ]
    })
    return foundOr(findings, say('no-machine-known-to-another'))
  },
}

/** What libvirt knows, and what the host has heard on the network's bridge; IPv4. */
function addressesOf({ neighbours }: DoctorFacts, { mac, addresses }: Nic, bridge: string | null): string[] {
  const heard = neighbours.filter(({ dev, lladdr }) => dev === bridge && lladdr === mac).map(({ dst }) => dst)
  const known = addresses.map(({ ip }) => ip).filter((ip) => parseIp(ip)?.family === 4)
  return [...new Set([...known, ...heard])]
}

function isIn(ip: string, { address, prefix }: { address: string; prefix: number }): boolean {
  const cidr = parseCidr(`${address}/${prefix}`)
  const one = parseIp(ip)
  return cidr !== null && one !== null && contains(cidr, one)
}
