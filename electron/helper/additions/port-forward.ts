import ipaddr from 'ipaddr.js'
import type { AdditionOf } from '../../../shared/helper/host-addition'
import { PatchbayError } from '../../../shared/failure'
import { readAdditions } from '../../host/records/additions'
import { findBinary, runCommand } from '../../system/command'
import { type IpAddress, readAddresses } from '../../system/ip-json'
import { type FirewallRule, isRuleInPlace, markOf, putRule, removeRule } from './firewall-rule'
import type { AdditionKind, Added } from './kind'
import {
  hasTable,
  isInLibvirtChain,
  libvirtChain,
  type LibvirtChainRule,
  putInLibvirtChain,
  removeFromLibvirtChain,
} from './libvirt-chain'
import { bridgeNamed } from './links'
import { isTaken } from './listening'
import { type Text, say } from '../../../shared/phrases/phrase'

type Forward = AdditionOf<'port-forward'>

const tableOf = (id: string): string => `patchbay_forward_${id.replaceAll('-', '_')}`

/**
 * The machine takes what is sent to the host's own addresses, by others and by the host. What comes from its own network
 * is left out: the answers would go straight back, past the host.
 */
export function rulesetOf({ id, addition }: Added<Forward>): string {
  const { protocol, hostPort, machine, machinePort, bridge } = addition
  const redirect = `fib daddr type local ${protocol} dport ${hostPort} dnat to ${machine}:${machinePort}`
  const table = tableOf(id)
  return `table ip ${table}
delete table ip ${table}
table ip ${table} {
  chain prerouting {
    type nat hook prerouting priority dstnat
    iifname != "${bridge}" ip daddr != 127.0.0.0/8 ${redirect}
  }
  chain output {
    type nat hook output priority -100
    ip daddr != 127.0.0.0/8 ${redirect}
  }
}
`
}

/** libvirt rejects what others begin, so it must be accepted before; only what was redirected comes with this state. */
const acceptOf = ({ id, addition }: Added<Forward>): FirewallRule => {
  const { protocol, machine, machinePort, bridge } = addition
  const to = ['-o', bridge, '-d', `${machine}/32`, '-p', protocol, '--dport', String(machinePort)]
  const match = [...to, '-m', 'conntrack', '--ctstate', 'DNAT']
  return { command: 'iptables', chain: 'FORWARD', place: 'first', match, mark: markOf(id, 0) }
}

/** The same for libvirt's nftables backend. */
const acceptByLibvirt = ({ id, addition }: Added<Forward>): LibvirtChainRule => {
  const { protocol, machine, machinePort, bridge } = addition
  const match = `oifname "${bridge}" ip daddr ${machine} ${protocol} dport ${machinePort} ct status dnat`
  return { match, mark: markOf(id, 1) }
}

/** Where nftables alone is installed, nobody's iptables rules are in the way. */
const hasIptables = (): boolean => findBinary('iptables') !== null

export const portForward: AdditionKind<Forward> = {
  lasting: false,
  async check(wanted) {
    await bridgeNamed(wanted.bridge)
    refuseElsewhere(wanted, await readAddresses())
    const { protocol, hostPort } = wanted
    const taken = (await readAdditions()).some(
      ({ addition: one }) =>
        one.kind === 'port-forward' && one.protocol === protocol && one.hostPort === hostPort,
    )
    if (taken) throw refused(say('port-already-leads-to-another', { protocol, hostPort }))
    if (await isTaken(protocol, hostPort)) {
      throw refused(say('program-computer-listens-on-port', { protocol, hostPort }))
    }
    if ((await libvirtChain()).kind === 'unknown-table') {
      throw new PatchbayError({
        code: 'unsupported',
        message: say('libvirt-firewall-on-computer-form'),
        hint: say('put-machine-on-lan'),
      })
    }
    return {}
  },
  async apply(added) {
    await runCommand('nft', ['-f', '-'], { input: rulesetOf(added) })
    if (hasIptables()) await putRule(acceptOf(added))
    await putInLibvirtChain(acceptByLibvirt(added))
  },
  async revert(added) {
    await removeFromLibvirtChain(acceptByLibvirt(added))
    if (hasIptables()) await removeRule(acceptOf(added))
    if (await hasTable(tableOf(added.id)))
      await runCommand('nft', ['delete', 'table', 'ip', tableOf(added.id)])
  },
  inForce: async (added) =>
    (await hasTable(tableOf(added.id))) &&
    (!hasIptables() || (await isRuleInPlace(acceptOf(added)))) &&
    (await isInLibvirtChain(acceptByLibvirt(added))),
}

const refused = (message: Text): PatchbayError =>
  new PatchbayError({ code: 'refused', message, hint: say('choose-another-port') })

/** The machine must be one behind that bridge, and not the host itself. */
function refuseElsewhere({ machine, bridge }: Forward, addresses: readonly IpAddress[]): void {
  const own = addresses.find(({ ifname }) => ifname === bridge)?.addr_info ?? []
  const ip = ipaddr.IPv4.parse(machine)
  const isThere = own.some(
    ({ family, local, prefixlen }) =>
      family === 'inet' &&
      local !== undefined &&
      local !== machine &&
      ip.match(ipaddr.IPv4.parse(local), prefixlen),
  )
  if (isThere) return
  throw new PatchbayError({
    code: 'refused',
    message: say('not-address-machine-behind', { machine, bridge }),
    hint: say('see-addresses-machines-with-patchbay'),
  })
}
