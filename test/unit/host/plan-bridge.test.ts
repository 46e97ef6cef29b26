import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { variant } from '../../../electron/system/dbus-values'
import type { HostFacts } from '../../../electron/host/facts'
import { type BridgeRequest, planBridge } from '../../../electron/host/bridge/plan-bridge'
import { exitCodeOf } from '../../../shared/failure'
import type { BridgePlan } from '../../../shared/helper/plan'
import { aHost, aLink, anyAddress, anyHost, aProfile, aRoute } from './a-host'
import { english } from '../../../shared/phrases/english'

function planned(facts: HostFacts, request: BridgeRequest = {}): BridgePlan {
  const outcome = planBridge(facts, request)
  if (outcome.kind === 'refused') throw new Error(english(outcome.failure.message))
  return outcome.plan
}

function refusal(facts: HostFacts, request: BridgeRequest = {}) {
  const outcome = planBridge(facts, request)
  if (outcome.kind === 'plan') throw new Error('it was planned')
  return { ...outcome.failure, exitCode: exitCodeOf(outcome.failure) }
}

describe('the plan', () => {
  it('takes the uplink’s NIC and br0 when nothing is said', () => {
    expect(planned(aHost())).toMatchObject({ nic: 'enp3s0', bridge: 'br0', remote: false })
  })

  it('says what moves, the files that come, and the profile that rests', () => {
    const plan = planned(aHost())
    expect(plan.moves).toMatchObject({ mac: '02:70:62:00:00:03', dns: ['10.77.0.1'], search: ['lab.test'] })
    expect(plan.changes.map(({ target }) => target)).toContain(
      '/etc/NetworkManager/system-connections/patchbay-br0.nmconnection',
    )
    expect(english(plan.undo)).toContain('Wired')
    expect(plan.after.map(({ link }) => link)).toEqual(['br0', 'enp3s0'])
  })

  it('warns a user who is connected over the network', () => {
    const plan = planned(aHost({ remote: true }))
    expect(plan.remote).toBe(true)
    expect(plan.notices.some(({ text }) => english(text).includes('over the network'))).toBe(true)
  })

  it('warns when a rival profile has the highest priority too', () => {
    const connection = { 'autoconnect-priority': variant('i', 999) }
    const rival = aProfile({ id: 'Rival', uuid: 'r', interfaceName: null }, { connection })
    const { notices } = planned(aHost({ profiles: [aProfile(), rival] }))
    const warned = notices.filter(({ severity }) => severity === 'warning').map(({ text }) => english(text))
    expect(warned.join()).toContain('Rival')
  })

  it('never drops an address or a name server', () => {
    const wide = fc.array(
      anyAddress.filter(({ origin }) => origin !== 'static'),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(wide, fc.array(fc.ipV4(), { maxLength: 4 }), (addresses, servers) => {
        const plan = planned(aHost({ links: [aLink({ addresses })], dns: { servers, search: [] } }))
        expect(plan.moves.addresses).toEqual(addresses.filter(({ origin }) => origin !== 'link-local'))
        expect(plan.moves.dns).toEqual(servers)
      }),
    )
  })

  it('never drops a route of the NIC', () => {
    const destination = fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `10.${a}.${b}.0/24`)
    fc.assert(
      fc.property(fc.uniqueArray(destination, { maxLength: 6 }), (targets) => {
        const extra = targets.map((to) => aRoute({ to, protocol: 'static' }))
        const { moves } = planned(aHost({ routes: [aRoute(), ...extra] }))
        expect(moves.routes).toEqual([aRoute(), ...extra])
      }),
    )
  })

  it('never throws, and every refusal names its reason and exits with 2 or 3', () => {
    const names = fc.option(fc.oneof(fc.constantFrom('enp3s0', 'br0', 'wlan0'), fc.string()), {
      nil: undefined,
    })
    fc.assert(
      fc.property(anyHost, names, names, (facts, nic, bridge) => {
        const outcome = planBridge(facts, { nic, bridge })
        if (outcome.kind === 'plan') {
          expect(outcome.plan.hostHash).toMatch(/^[0-9a-f]{64}$/)
          return
        }
        expect(english(outcome.failure.message).length).toBeGreaterThan(10)
        expect(english(outcome.failure.hint ?? '').length).toBeGreaterThan(10)
        expect([2, 3]).toContain(exitCodeOf(outcome.failure))
      }),
      { numRuns: 500 },
    )
  })
})

describe('refused, with the way out', () => {
  const cases: Record<string, [HostFacts, BridgeRequest, RegExp, RegExp]> = {
    'no uplink': [aHost({ routes: [] }), {}, /no uplink/, /Connect it/],
    'no uplink, though a NIC is named': [aHost({ routes: [] }), { nic: 'enp3s0' }, /no uplink/, /Connect it/],
    'a Wi-Fi station': [aHost({ links: [aLink({ kind: 'wifi' })] }), {}, /Wi-Fi/, /NAT/],
    'a VPN with the default route': [
      aHost({
        links: [aLink(), aLink({ name: 'tun0', kind: 'tunnel' })],
        routes: [aRoute({ link: 'tun0' })],
      }),
      {},
      /VPN/,
      /Disconnect/,
    ],
    'the uplink is a bridge already': [
      aHost({
        links: [aLink({ master: 'br0', addresses: [] }), aLink({ name: 'br0', kind: 'bridge' })],
        routes: [aRoute({ link: 'br0' })],
      }),
      {},
      /br0 .*already there/,
      /connect MACHINE/,
    ],
    'a port of a bond': [
      aHost({ links: [aLink({ master: 'bond0' }), aLink({ name: 'bond0', kind: 'bond' })] }),
      { nic: 'enp3s0' },
      /port of bond0/,
      /--nic/,
    ],
    'macvtap on the card': [
      aHost({ links: [aLink(), aLink({ name: 'macvtap0', kind: 'macvtap', parent: 'enp3s0' })] }),
      {},
      /macvtap0/,
      /Stop/,
    ],
    'two uplinks that are preferred equally': [
      aHost({
        links: [aLink(), aLink({ name: 'enp4s0' })],
        routes: [aRoute(), aRoute({ link: 'enp4s0', via: '10.78.0.1' })],
      }),
      {},
      /enp3s0, enp4s0/,
      /--nic enp3s0/,
    ],
    'no carrier': [aHost({ links: [aLink({ carrier: false })] }), {}, /no carrier/, /cable/],
    'an unknown card': [aHost(), { nic: 'eth7' }, /no network card “eth7”/, /enp3s0/],
    'systemd-networkd without a file': [
      aHost({ networkManager: null, manager: 'systemd-networkd' }),
      {},
      /no configuration file/,
      /netplan/,
    ],
    'ifupdown without a stanza': [
      aHost({ networkManager: null, manager: 'ifupdown' }),
      {},
      /no stanza/,
      /Write one/,
    ],
    'nobody can be told': [aHost({ networkManager: null, manager: 'unknown' }), {}, /can’t be told/, /NAT/],
    'a lease that nobody renews': [
      aHost({ networkManager: null, manager: 'none' }),
      {},
      /nobody would renew/,
      /fixed address/,
    ],
    '802.1X': [aHost({ profiles: [aProfile({}, { '802-1x': {} })] }), {}, /802\.1X/, /NAT/],
    'a shared connection': [
      aHost({ profiles: [aProfile({}, { ipv4: { method: variant('s', 'shared') } })] }),
      {},
      /shares/,
      /--nic/,
    ],
    'the name taken by a link': [
      aHost({ links: [aLink(), aLink({ name: 'br0', kind: 'veth' })] }),
      {},
      /br0 is taken by a link/,
      /--name br1/,
    ],
    'the name claimed by a profile': [
      aHost({
        profiles: [aProfile(), aProfile({ id: 'Old', uuid: 'o', interfaceName: 'br0', type: 'bridge' })],
      }),
      {},
      /br0 is taken by the profile “Old”/,
      /--name br1/,
    ],
  }

  it.each(Object.entries(cases))('%s', (_name, [facts, request, message, hint]) => {
    const failure = refusal(facts, request)
    expect(english(failure.message)).toMatch(message)
    expect(`${english(failure.hint ?? '')} ${english(failure.shellHint ?? '')}`).toMatch(hint)
    expect(failure.exitCode).toBe(3)
  })

  it.each(['', 'a b', '../x', 'br0\n', 'sixteen-letters0', 'brücke', '-br', 'all', 'default', '0br'])(
    'the name %j',
    (bridge) => {
      expect(refusal(aHost(), { bridge }).code).toBe('usage')
    },
  )
})
