import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HostFacts } from '../../../../electron/host/facts'
import { planBridge } from '../../../../electron/host/bridge/plan-bridge'
import { FAILURE_CODES } from '../../../../shared/failure'
import type { BridgePlan } from '../../../../shared/helper/plan'
import { anyHost } from '../a-host'
import { anyText, someFacts } from '../ifupdown/texts'
import { anyWorkstation, type GeneratedHost } from './hosts'
import { addressesOf, routesOf, sorted } from './networks'
import { english } from '../../../../shared/phrases/english'

/** Files that make no sense, that only root may read, or that are not there. */
const anyUglyHost: fc.Arbitrary<HostFacts> = fc
  .tuple(anyWorkstation, anyText, fc.constantFrom('nonsense', 'hidden', 'none'))
  .map(([{ facts }, text, how]) => {
    if (how === 'none') return { ...facts, networkd: [], ifupdown: null }
    const networkd = facts.networkd.map((link) => ({
      ...link,
      file: { ...link.file, text: how === 'hidden' ? null : text },
    }))
    const rules = { ipv4: [{ priority: 9, iif: facts.host.uplink?.nic }], ipv6: [] }
    return { ...facts, networkd, rules, ifupdown: someFacts(text, { dhcpClient: null }) }
  })

const anyFacts: fc.Arbitrary<HostFacts> = fc.oneof(
  anyHost,
  anyWorkstation.map(({ facts }) => facts),
  anyUglyHost,
)
const anyName = fc.option(
  fc.constantFrom('enp3s0', 'bond0', 'office', 'wlan0', 'tun0', 'br0', 'lo', 'nothing'),
  {
    nil: undefined,
  },
)

/** Checks the plans of many hosts; returns how many there were, as some hosts are refused. */
function plans(check: (plan: BridgePlan, host: GeneratedHost) => void): number {
  let planned = 0
  fc.assert(
    fc.property(anyWorkstation, (host) => {
      const outcome = planBridge(host.facts, { nic: host.nic, bridge: 'br7' })
      if (outcome.kind === 'refused') return
      planned++
      check(outcome.plan, host)
    }),
    { numRuns: 300 },
  )
  return planned
}

describe('the planner, for any host', () => {
  it('never throws; a refusal names its reason, what it is about, and a way out', () => {
    fc.assert(
      fc.property(anyFacts, anyName, anyName, (facts, nic, bridge) => {
        const outcome = planBridge(facts, { nic, bridge })
        if (outcome.kind === 'plan') return
        const { code } = outcome.failure
        const [message, hint] = [english(outcome.failure.message), english(outcome.failure.hint ?? '')]
        expect(FAILURE_CODES).toContain(code)
        expect(['refused', 'usage', 'not-found']).toContain(code)
        expect(hint.length).toBeGreaterThan(10)
        const about = [
          nic ?? facts.host.uplink?.nic,
          bridge ?? 'br0',
          ...facts.host.routes.map(({ link }) => link),
        ]
        if (message.includes('no uplink')) return
        expect(about.some((name) => name !== undefined && message.includes(name))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('moves every address, route, name server and search domain', () => {
    const planned = plans(({ moves }, { nic, facts, network }) => {
      const addresses = addressesOf(network).filter(({ origin }) => origin !== 'link-local')
      expect(sorted(moves.addresses)).toEqual(sorted(addresses))
      for (const route of sorted(routesOf(network, nic))) expect(sorted(moves.routes)).toContain(route)
      expect(moves.routes.every(({ link }) => link === nic)).toBe(true)
      expect([moves.dns, moves.search]).toEqual([facts.host.dns.servers, facts.host.dns.search])
      expect(moves.mtu).toBe(network.mtu)
    })
    expect(planned).toBeGreaterThan(20)
  })

  it('says what will be, what may go wrong, and how it is undone', () => {
    plans((plan, { nic, facts }) => {
      expect(plan.after.map(({ link }) => link)).toEqual(['br7', nic])
      expect(plan.before[0]?.lines).toEqual(plan.after[0]?.lines)
      expect(plan.changes.length).toBeGreaterThan(0)
      expect(english(plan.undo)).toContain('br7')
      expect(plan.remote).toBe(facts.remote)
      const text = plan.notices.map((notice) => english(notice.text)).join()
      if (facts.remote) expect(text).toContain('over the network')
      if (!plan.lasting) expect(text).toContain('restarted')
      if (facts.host.links.some(({ name }) => name === 'office')) expect(text).toContain('office')
    })
  })

  it('comes to the same plan and hash for the user and for root, in whatever order the kernel lists things', () => {
    fc.assert(
      fc.property(anyWorkstation, ({ facts, nic }) => {
        const { host } = facts
        const [links, routes] = [[...host.links].reverse(), [...host.routes].reverse()]
        const listed = { ...facts, host: { ...host, links, routes } }
        const [one, other] = [facts, listed].map((each) => planBridge(each, { nic, bridge: 'br7' }))
        if (one?.kind !== 'plan' || other?.kind !== 'plan') {
          expect(other?.kind).toBe(one?.kind)
          return
        }
        expect(other.plan.hostHash).toBe(one.plan.hostHash)
        expect(other.plan.changes).toEqual(one.plan.changes)
      }),
    )
  })
})
