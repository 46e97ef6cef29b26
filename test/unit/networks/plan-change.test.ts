import { describe, expect, it } from 'vitest'
import { planChangeOf } from '../../../electron/networks/apply-change'
import { editNetwork } from '../../../electron/networks/edit-xml'
import { planChange, type ChangePlan } from '../../../electron/networks/plan-change'
import { toFailure, type Failure } from '../../../shared/failure'
import type { NetworkChange, NetworkChangeWish } from '../../../shared/world/network-wish'
import { network, world } from '../shared/worlds'
import { noRandom } from './wishes'
import { english } from '../../../shared/phrases/english'

const LAB = `<network><name>lab</name><uuid>0b1690dc-a020-4534-8692-479c8a8b4e7c</uuid><forward mode='nat'/>
  <bridge name='virbr1'/><domain name='lab.test'/>
  <dns><host ip='10.1.0.60'><hostname>db</hostname><hostname>sql</hostname></host></dns>
  <ip family='ipv6' address='fd00::1' prefix='64'/>
  <ip address='10.1.0.1' prefix='24'><dhcp>
    <range start='10.1.0.2' end='10.1.0.99'><lease expiry='5'/></range>
    <host mac='52:54:00:00:00:01' name='web' ip='10.1.0.50'/></dhcp></ip></network>`

const around = world({
  networks: [
    network('lab', {
      subnets: [{ family: 4, address: '10.1.0.1', prefix: 24, dhcp: null, reservations: [] }],
    }),
    network('other', {
      subnets: [{ family: 4, address: '10.2.0.1', prefix: 24, dhcp: null, reservations: [] }],
    }),
  ],
})

const settings = (change: Partial<NetworkChangeWish>): NetworkChange => ({
  kind: 'settings',
  network: 'lab',
  subnet: null,
  dhcp: null,
  ipv6: null,
  domain: null,
  mtu: null,
  isolatedPorts: null,
  ...change,
})
const lease = (change: Partial<Extract<NetworkChange, { kind: 'add-lease' }>>): NetworkChange => ({
  kind: 'add-lease',
  network: 'lab',
  ip: '10.1.0.7',
  mac: '52:54:00:00:00:07',
  name: 'ci',
  ...change,
})
const host = (ip: string, ...names: string[]): NetworkChange => ({
  kind: 'add-host',
  network: 'lab',
  ip,
  names,
})
const remove = (kind: 'remove-lease' | 'remove-host', which: string): NetworkChange => ({
  kind,
  network: 'lab',
  which,
})

const planned = (change: NetworkChange, xml = LAB): ChangePlan => planChange(around, xml, change, noRandom)
const updates = (change: NetworkChange) =>
  planned(change).updates.map(({ command, section, parentIndex, xml }) =>
    [command, section, parentIndex, xml].join(' '),
  )

function failureOf(act: () => unknown): Failure {
  try {
    act()
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error('it was taken')
}

describe('changing a network', () => {
  it('moves the DHCP range while it runs, and keeps the lease time', () => {
    const change = settings({ dhcp: '10.1.0.100-10.1.0.150' })
    expect(updates(change)).toEqual([
      'delete dhcpRange 1 <range start="10.1.0.2" end="10.1.0.99"><lease expiry="5"/></range>',
      'add dhcpRange 1 <range start="10.1.0.100" end="10.1.0.150"><lease expiry="5"/></range>',
    ])
    expect(planned(change)).toMatchObject({ now: ['DHCP 10.1.0.100-10.1.0.150'], later: [] })
    expect(updates(settings({ dhcp: 'off' }))).toHaveLength(1)
  })

  it('of everything else waits for its next start, and says what', () => {
    const change = settings({ domain: 'off', mtu: '1400', isolatedPorts: true, ipv6: 'off' })
    expect(planned(change)).toMatchObject({
      updates: [],
      now: [],
      edits: { domain: null, mtu: 1400, isolatedPorts: true, ipv6: null },
      later: ['IPv6 off', 'domain off', 'MTU 1400, for a machine from its own start', 'machines kept apart'],
    })
  })

  it('can do both at once', () => {
    const plan = planned(settings({ subnet: '10.1.0.0/24', dhcp: 'off', mtu: '1400' }))
    expect([plan.now, plan.later]).toEqual([['DHCP off'], ['MTU 1400, for a machine from its own start']])
  })

  it('to what it is changes nothing', () => {
    const same = { domain: 'lab.test', ipv6: 'auto', isolatedPorts: false, mtu: 'off' }
    for (const change of [
      settings({ ...same, subnet: '10.1.0.1/24', dhcp: '10.1.0.2-10.1.0.99' }),
      settings({ ipv6: 'fd00::1/64' }),
      lease({ ip: '10.1.0.50', mac: '52-54-00-00-00-01', name: 'web' }),
      host('10.1.0.60', 'SQL'),
    ]) {
      expect(planned(change)).toEqual({ updates: [], edits: {}, now: [], later: [] })
    }
  })

  it('to another subnet gives DHCP its range there, once no static lease is in the way', () => {
    const bare = LAB.replace(/<host mac.*?\/>/, '')
    expect(planned(settings({ subnet: '10.3.0.0/16' }), bare).edits.subnet).toEqual({
      address: '10.3.0.1',
      prefix: 16,
      dhcp: { start: '10.3.0.2', end: '10.3.255.254' },
    })
    const failure = failureOf(() => planned(settings({ subnet: '10.3.0.0/16' })))
    expect(failure).toMatchObject({ code: 'refused', field: 'subnet' })
    expect(english(failure.message)).toContain('10.1.0.50')
  })

  it.each<[Partial<NetworkChangeWish>, string, string]>([
    [{}, 'usage', 'network'],
    [{ subnet: '10.2.0.0/16' }, 'refused', 'subnet'],
    [{ dhcp: '10.1.0.1-10.1.0.9' }, 'usage', 'dhcp'],
    [{ ipv6: 'fd00::/48' }, 'usage', 'ipv6'],
    [{ domain: '..' }, 'usage', 'domain'],
    [{ mtu: '1000' }, 'usage', 'mtu'],
  ])('is refused for %j: %s at %s', (change, code, field) => {
    expect(failureOf(() => planned(settings(change)))).toMatchObject({ code, field })
  })

  it('is refused for what its kind does not have, and for kinds that Patchbay does not make', () => {
    const bridged = `<network><name>b</name><forward mode='bridge'/><bridge name='br0'/></network>`
    const failure = failureOf(() => planned(settings({ mtu: '1400' }), bridged))
    expect(failure).toMatchObject({ code: 'usage', field: 'mtu' })
    const pool = `<network><name>h</name><forward mode='hostdev'><pf dev='eth0'/></forward></network>`
    expect(failureOf(() => planned(settings({ mtu: '1400' }), pool)).code).toBe('refused')
  })
})

describe('a network with several subnets', () => {
  const TWO = `<network><name>two</name><forward mode='nat'><nat ipv6='yes'/></forward><bridge name='virbr5'/>
    <ip address='10.1.0.1' prefix='24'/>
    <ip family='ipv6' address='fd01::1' prefix='64'/>
    <ip family='ipv6' address='fd02::1' prefix='64'/></network>`
  const change = (wish: Partial<NetworkChangeWish>, xml = TWO) => planned(settings(wish), xml)
  const saved = (wish: Partial<NetworkChangeWish>, xml = TWO) => editNetwork(xml, change(wish, xml).edits)

  it('loses all of IPv6 when that is switched off, says which, and has no NAT for it then', () => {
    expect(change({ ipv6: 'off' }).later).toEqual(['IPv6 off: fd01::1/64, fd02::1/64'])
    expect(saved({ ipv6: 'off' })).not.toMatch(/ipv6|fd0/)
  })

  it('keeps its IPv6 where some was asked for and there is some', () => {
    expect(change({ ipv6: 'auto' })).toMatchObject({ updates: [], later: [] })
  })

  it('is not changed where it is not clear which one is meant, and stays as it is', () => {
    for (const ipv6 of ['fd77::/64', 'fd01::1/64']) {
      expect(failureOf(() => change({ ipv6 }))).toMatchObject({
        code: 'refused',
        field: 'ipv6',
        message: expect.stringContaining('fd01::1/64 and fd02::1/64') as string,
        hint: expect.stringContaining('--ipv6 off') as string,
      })
    }
    const v4 = TWO.replace('</network>', "<ip address='10.3.0.1' prefix='24'/></network>")
    expect(failureOf(() => change({ subnet: '10.4.0.0/24' }, v4))).toMatchObject({
      code: 'refused',
      field: 'subnet',
      message: expect.stringContaining('10.1.0.1/24 and 10.3.0.1/24') as string,
    })
    expect(change({ subnet: '10.3.0.0/24' }, v4).later).toEqual([])
  })

  it('has DHCP where the range lies, when none has it yet', () => {
    const v4 = TWO.replace('</network>', "<ip address='10.3.0.1' prefix='24'/></network>")
    expect(change({ dhcp: '10.3.0.10-10.3.0.20' }, v4).updates).toMatchObject([
      { command: 'add', parentIndex: 3 },
    ])
  })

  it('says which ranges go when one takes the place of several', () => {
    const ranges = "<range start='10.1.0.10' end='10.1.0.19'/><range start='10.1.0.90' end='10.1.0.99'/>"
    const xml = TWO.replace(`'10.1.0.1' prefix='24'/>`, `'10.1.0.1' prefix='24'><dhcp>${ranges}</dhcp></ip>`)
    const plan = change({ dhcp: '10.1.0.50-10.1.0.60' }, xml)
    expect(plan.now).toEqual([
      'DHCP 10.1.0.50-10.1.0.60, in place of 10.1.0.10-10.1.0.19, 10.1.0.90-10.1.0.99',
    ])
    expect(plan.updates.map(({ command }) => command)).toEqual(['delete', 'delete', 'add'])
  })

  it('is not left with a subnet that has lost its NAT, whatever is edited', () => {
    const address = { address: '2001:db8::1', prefix: 64 }
    expect(editNetwork(TWO, { ipv6: address })).toContain('<nat ipv6="yes"/>')
  })
})

describe('what hangs on an IPv6 subnet', () => {
  const dual = (dhcp: string, more = ''): string =>
    `<network><name>dual</name><forward mode='nat'><nat ipv6='yes'/></forward><bridge name='virbr5'/>
    <ip address='10.1.0.1' prefix='24'><dhcp><range start='10.1.0.2' end='10.1.0.99'/></dhcp></ip>
    <ip family='ipv6' address='fd01::1' prefix='64'>${dhcp}</ip>${more}</network>`
  const RANGE = `<dhcp><range start='fd01::100' end='fd01::1ff'><lease expiry='5'/></range></dhcp>`
  const HOST = `<dhcp><host id='0:1:2:3' name='db' ip='fd01::50'/></dhcp>`
  const ROUTE = `<route family='ipv6' address='2001:db8:9::' prefix='64' gateway='fd01::7'/>`
  const plan = (ipv6: string, xml: string) => planned(settings({ ipv6 }), xml)

  it('moves along: its DHCP range keeps its place and its lease time', () => {
    const { later, edits } = plan('fd77::/64', dual(RANGE))
    expect(later).toEqual(['IPv6 fd77::1/64, DHCP fd77::100-fd77::1ff'])
    expect(editNetwork(dual(RANGE), edits)).toMatch(
      /address="fd77::1" prefix="64"><dhcp><range start="fd77::100" end="fd77::1ff"><lease expiry="5"\/>/,
    )
  })

  it('moves nowhere that the host’s own address would be given out', () => {
    expect(failureOf(() => plan('fd77::150/64', dual(RANGE)))).toMatchObject({
      code: 'refused',
      field: 'ipv6',
    })
  })

  it('is said when it goes', () => {
    expect(plan('off', dual(RANGE)).later).toEqual(['IPv6 off: fd01::1/64 (DHCP fd01::100-fd01::1ff)'])
  })

  it.each([
    ['a static lease', dual(HOST), 'fd01::50'],
    ['a router of a static route', dual('', ROUTE), 'fd01::7'],
  ])('%s is not left behind', (_what, xml, address) => {
    for (const ipv6 of ['fd77::/64', 'off']) {
      expect(failureOf(() => plan(ipv6, xml))).toMatchObject({
        code: 'refused',
        field: 'ipv6',
        message: expect.stringContaining(address) as string,
      })
    }
    expect(plan('fd01::9/64', xml).later).toEqual(['IPv6 fd01::9/64'])
  })

  it('is no router of a route of IPv4 either, when that subnet changes', () => {
    const xml = dual('', `<route address='10.6.0.0' prefix='24' gateway='10.1.0.7'/>`)
    const failure = failureOf(() => planned(settings({ subnet: '10.3.0.0/24' }), xml))
    expect(failure).toMatchObject({ code: 'refused', field: 'subnet' })
    expect(english(failure.message)).toContain('10.1.0.7')
  })

  it('is switched off in a step of its own where it stands before the IPv4 subnet that is changed, too', () => {
    const wish = settings({ ipv6: 'off', dhcp: '10.1.0.100-10.1.0.150' })
    expect(failureOf(() => planned(wish))).toMatchObject({ code: 'refused', field: 'dhcp' })
    expect(planned(wish, dual('')).now).toEqual(['DHCP 10.1.0.100-10.1.0.150'])
  })
})

describe('a static lease', () => {
  it('is put where the subnet is, and taken out by address, MAC or name', () => {
    expect(updates(lease({ mac: '52:54:00:00:00:0A' }))).toEqual([
      'add dhcpHost 1 <host mac="52:54:00:00:00:0a" name="ci" ip="10.1.0.7"/>',
    ])
    for (const which of ['10.1.0.50', '52:54:00:00:00:01', 'WEB']) {
      expect(updates(remove('remove-lease', which))).toEqual([
        'delete dhcpHost 1 <host mac="52:54:00:00:00:01" name="web" ip="10.1.0.50"/>',
      ])
    }
    expect(failureOf(() => planned(remove('remove-lease', 'nobody'))).code).toBe('not-found')
  })

  it.each([
    [{ ip: 'x' }, 'usage', 'ip'],
    [{ ip: '10.2.0.7' }, 'usage', 'ip'],
    [{ ip: 'fd00::7' }, 'usage', 'ip'],
    [{ ip: '10.1.0.1' }, 'usage', 'ip'],
    [{ ip: '10.1.0.255' }, 'usage', 'ip'],
    [{ mac: null, name: null }, 'usage', 'mac'],
    [{ mac: '52:54:00' }, 'usage', 'mac'],
    [{ mac: '01:00:5e:00:00:01' }, 'usage', 'mac'],
    [{ name: '7up' }, 'usage', 'name'],
    [{ name: 'a_b' }, 'usage', 'name'],
    [{ ip: '10.1.0.50' }, 'refused', 'ip'],
    [{ mac: '52:54:00:00:00:01' }, 'refused', 'mac'],
    [{ name: 'Web' }, 'refused', 'name'],
  ])('is refused for %j: %s at %s', (change, code, field) => {
    const failure = failureOf(() => planned(lease(change)))
    expect(failure).toMatchObject({ code, field })
    expect(failure.hint).toBeTruthy()
  })

  it('is refused outside the one subnet that libvirt serves', () => {
    const two = LAB.replace('</network>', `<ip address='10.4.0.1' prefix='24'/></network>`)
    expect(failureOf(() => planned(lease({ ip: '10.4.0.7' }), two))).toMatchObject({
      code: 'refused',
      field: 'ip',
    })
  })
})

describe('a name in DNS', () => {
  it('joins those that the address has, and leaves them when it goes', () => {
    expect(updates(host('10.1.0.61', 'mail', 'mx.lab.test'))).toEqual([
      'add dnsHost -1 <host ip="10.1.0.61"><hostname>mail</hostname><hostname>mx.lab.test</hostname></host>',
    ])
    const old = 'dnsHost -1 <host ip="10.1.0.60"><hostname>db</hostname><hostname>sql</hostname></host>'
    expect(updates(host('10.1.0.60', 'pg'))).toEqual([
      `delete ${old}`,
      `add ${old.replace('</host>', '<hostname>pg</hostname></host>')}`,
    ])
    expect(updates(remove('remove-host', 'db'))).toEqual([
      `delete ${old}`,
      'add dnsHost -1 <host ip="10.1.0.60"><hostname>sql</hostname></host>',
    ])
    expect(updates(remove('remove-host', '10.1.0.60'))).toEqual([`delete ${old}`])
  })

  it('is refused when it makes no sense, is taken, or is not there', () => {
    expect(failureOf(() => planned(host('x', 'a')))).toMatchObject({ code: 'usage', field: 'ip' })
    expect(failureOf(() => planned(host('10.1.0.9', 'a b')))).toMatchObject({ code: 'usage', field: 'names' })
    expect(failureOf(() => planned(host('10.1.0.9', 'DB')))).toMatchObject({
      code: 'refused',
      field: 'names',
    })
    expect(failureOf(() => planned(remove('remove-host', 'x'))).code).toBe('not-found')
  })
})

describe('a network as libvirt has it', () => {
  const net = { name: 'lab', uuid: '0b1690dc-a020-4534-8692-479c8a8b4e7c' }
  const moved = LAB.replaceAll('10.1.0.', '10.5.0.')

  it('that vanishes when it is stopped takes only what is in force at once', () => {
    const definitions = { net, live: LAB, saved: null }
    expect(failureOf(() => planChangeOf(around, definitions, settings({ mtu: '1400' }), noRandom)).code).toBe(
      'refused',
    )
    expect(planChangeOf(around, definitions, lease({}), noRandom).updates).toHaveLength(1)
  })

  it('whose new subnet waits for its restart takes no live change before', () => {
    const definitions = { net, live: LAB, saved: moved }
    const failure = failureOf(() => planChangeOf(around, definitions, lease({ ip: '10.5.0.7' }), noRandom))
    expect(failure).toMatchObject({
      code: 'refused',
      shellHint: expect.stringContaining('network restart lab') as string,
    })
    expect(planChangeOf(around, definitions, settings({ mtu: '1400' }), noRandom).later).toEqual([
      'MTU 1400, for a machine from its own start',
    ])
  })
})
