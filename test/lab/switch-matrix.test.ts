import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseXml, type XmlElement } from '../../electron/libvirt/xml'
import type { Attachment, Nic } from '../../shared/world/world'
import { buildPatchbay, document } from './cli-helpers'
import { startFastLab, type Guest, type Lab } from './index'

/** A place that a machine can be switched to. */
interface Place {
  /** As it is written on the command line. */
  to: string
  attachment: Attachment
  /** How the addresses there begin; null where nobody hands out any. */
  prefix: string | null
}

const network = (name: string, prefix: string | null): Place => ({
  to: `network:${name}`,
  attachment: { type: 'network', network: name },
  prefix,
})

const CARD = 'enp4s0'
const MTU = '1400'

const PLACES = {
  NAT: network('default', '192.168.122.'),
  isolated: network('iso', '192.168.150.'),
  'very isolated': network('blind', null),
  routed: network('routed', '192.168.151.'),
  bridged: { to: 'bridge:br0', attachment: { type: 'bridge', bridge: 'br0' }, prefix: '10.77.0.' },
  macvtap: {
    to: `macvtap:${CARD}`,
    attachment: { type: 'direct', link: CARD, mode: 'bridge' },
    prefix: '10.77.0.',
  },
} as const satisfies Record<string, Place>
type Name = keyof typeof PLACES
const NAMES = Object.keys(PLACES) as Name[]

/** Every ordered pair once, each beginning where the one before ended; back at the first place in the end. */
const TOUR = NAMES.flatMap((name, i) => NAMES.slice(i + 1).flatMap((other) => [name, other]))
const PAIRS = TOUR.map((from, i) => [from, TOUR[i + 1] ?? NAMES[0] ?? from] as const)

let lab: Lab

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFastLab({ networkManager: false })
  await bridgeTheNic()
  await create('iso', 'isolated', '192.168.150.0/24')
  await create('blind', 'very-isolated')
  await create('routed', 'routed', '192.168.151.0/24')
})
afterAll(() => lab.close())

async function create(name: string, kind: string, subnet?: string): Promise<void> {
  const options = ['--kind', kind, ...(subnet === undefined ? [] : ['--subnet', subnet])]
  const { code, doc } = await document(lab, 'network', 'create', name, ...options)
  expect([name, code, doc.failure]).toEqual([name, 0, undefined])
}

/** `br0` over the NIC; and a second card, whose cable leads to the same LAN. */
async function bridgeTheNic(): Promise<void> {
  const lines = [
    `link add br0 address ${lab.nicMac} type bridge stp_state 0 forward_delay 0`,
    `link set ${lab.nic} master br0`,
    `address flush dev ${lab.nic}`,
    'address add 10.77.0.50/24 dev br0',
    'link set br0 up',
    `link add ${CARD} type veth peer name cable`,
    'link set cable master br0 up',
    `link set ${CARD} up`,
  ]
  await lab.exec(['ip', '-batch', '-'], { input: `${lines.join('\n')}\n` })
}

const interfaceXml = (mac: string): string => `<interface type='network'>
  <mac address='${mac}'/><source network='default'/><model type='virtio'/>
  <driver name='qemu' txmode='timer' event_idx='off'/>
  <boot order='1'/><mtu size='${MTU}'/><alias name='ua-uplink'/>
</interface>`

/** Adds to the saved definition what no program but its own knows; libvirt keeps such things in <metadata>. */
async function addUnknown(guest: Guest): Promise<void> {
  const unknown = "<metadata><x:note xmlns:x='urn:x:1' a='1'><x:more/>text</x:note></metadata>"
  const xml = (await guest.xml({ inactive: true })).replace(/<\/name>/, `$&${unknown}`)
  await lab.exec(['virsh', 'define', '/dev/stdin'], { input: xml })
}

/** Everything of a definition that a switch has no business with: all but the NIC's place, its MTU, and our own notes. */
function restOf(xml: string): object {
  const keep = ({ name, attributes, children, text }: XmlElement): object => ({
    name,
    attributes: name === 'interface' ? {} : { ...attributes },
    text: text.trim(),
    children: children
      .filter((child) => !['patchbay:nics', 'mtu'].includes(child.name))
      .filter(isOfNic(name))
      .map(keep),
  })
  return keep(parseXml(xml, 'domain'))
}

const isOfNic =
  (parent: string) =>
  ({ name }: XmlElement): boolean =>
    parent !== 'interface' || !['source', 'target'].includes(name)

const mtuOf = (xml: string): string | null => /<mtu size='(\d+)'/.exec(xml)?.[1] ?? null

async function nicOf(name: string): Promise<Nic | undefined> {
  const { doc } = await document(lab, 'machines')
  return doc.machines?.find((machine) => machine.name === name)?.nics[0]
}

/** libvirt allows an MTU on macvtap only behind a network; it waits in the notes meanwhile. */
const mtuAt = (name: Name): string | null => (name === 'macvtap' ? null : MTU)

describe('a running guest', () => {
  let guest: Guest
  let before: object
  let saved: object
  const times: { pair: string; ms: number }[] = []

  beforeAll(async () => {
    guest = await lab.addGuest('web', { interfaceXml: interfaceXml('52:54:00:77:00:01'), start: false })
    await addUnknown(guest)
    await guest.start()
    await guest.waitForAddress((ip) => ip.startsWith('192.168.122.'), 90_000)
    before = restOf(await guest.xml())
    saved = restOf(await guest.xml({ inactive: true }))
  })

  it.each(PAIRS)('from %s to %s', { timeout: 120_000 }, async (from, name) => {
    const place: Place = PLACES[name]
    const told = guest.log().length
    const begun = performance.now()
    const isNew = (ip: string): boolean => guest.log().slice(told).includes(`address ${ip}/`)
    const arrival =
      place.prefix === null
        ? null
        : guest
            .waitForAddress((ip) => ip.startsWith(place.prefix ?? '') && isNew(ip), 100_000)
            .then((ip) => {
              times.push({ pair: `${from} → ${name}`, ms: performance.now() - begun })
              return ip
            })
    const { code, doc } = await document(lab, 'connect', 'web', place.to)
    expect([code, doc.failure]).toEqual([0, undefined])

    const address = await arrival
    const told2 = doc.result?.address?.ip ?? null
    if (name === 'macvtap') expect(told2).toBeNull()
    else expect(told2).toBe(address)
    if (place.prefix === null) await guest.waitForNoAddress()

    expect(await nicOf('web')).toMatchObject({
      live: place.attachment,
      saved: place.attachment,
      previous: PLACES[from].attachment,
      linkUp: true,
    })
    const [live, inactive] = [await guest.xml(), await guest.xml({ inactive: true })]
    expect(restOf(live)).toEqual(before)
    expect(restOf(inactive)).toEqual(saved)
    expect([mtuOf(live), mtuOf(inactive)]).toEqual([mtuAt(name), mtuAt(name)])
  })

  it('had a new address soon each time', () => {
    const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b)
    const slowest = times.find(({ ms }) => ms === sorted.at(-1))
    const seconds = (ms = Number.NaN): string => `${(ms / 1000).toFixed(1)} s`
    console.log(
      `From the command to the new address, ${times.length} switches: median ${seconds(sorted[times.length >> 1])}, worst ${seconds(slowest?.ms)} (${slowest?.pair ?? 'none'})`,
    )
    expect(times).toHaveLength(PAIRS.filter(([, name]) => PLACES[name].prefix !== null).length)
  })
})

describe('a guest that is off', () => {
  let guest: Guest
  let saved: object

  beforeAll(async () => {
    guest = await lab.addGuest('off', { interfaceXml: interfaceXml('52:54:00:77:00:02'), start: false })
    await addUnknown(guest)
    saved = restOf(await guest.xml())
  })

  it.each(PAIRS)('from %s to %s', async (from, name) => {
    const { code, doc } = await document(lab, 'connect', 'off', PLACES[name].to)
    expect([code, doc.failure]).toEqual([0, undefined])
    expect(doc.result).toMatchObject({ live: false, address: null })
    expect(await nicOf('off')).toMatchObject({
      live: null,
      saved: PLACES[name].attachment,
      previous: PLACES[from].attachment,
    })
    const xml = await guest.xml()
    expect(restOf(xml)).toEqual(saved)
    expect(mtuOf(xml)).toBe(mtuAt(name))
  })
})
