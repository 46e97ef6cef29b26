import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reach } from '../../shared/reach/reach'
import { buildPatchbay, document, patchbay } from './cli-helpers'
import type { Guest, Lab } from './index'
import { BOOT_MS, ReachGuests } from './reach-guests'
import { HOST, NAMES, place } from './reach-places'

let guests: ReachGuests
let lab: Lab
/** Every cell: what was said, and what packets showed. */
const cells: string[] = []

beforeAll(async () => {
  await buildPatchbay()
  guests = await ReachGuests.start()
  lab = guests.lab
}, 2 * BOOT_MS)
afterAll(() => lab.close())

const guest = (name: string): Guest => guests.guest(name)
const addressOf = (name: string): string => guests.addressOf(name)

type Sender = (ip: string) => Promise<boolean>
const fromHost: Sender = async (ip) =>
  (await lab.exec(['ping', '-n', '-q', '-c', '1', '-W', '1', ip], { check: false })).code === 0
const fromLan: Sender = (ip) => lab.lanHost.ping(ip, { count: 1 })
const fromGuest =
  (name: string): Sender =>
  async (ip) =>
    (await guest(name).sh(`ping -q -c 1 -W 1 ${ip}`)).code === 0

/** Whether one of `tries` pings is answered. */
async function answered(send: Sender, ip: string, tries: number): Promise<boolean> {
  for (let left = tries; left > 0; left--) if (await send(ip)) return true
  return false
}

const said = async (from: string, to: string): Promise<Reach> => {
  const { code, stdout, stderr } = await patchbay(lab, 'reach', from, to, '--json')
  if (code !== 0) throw new Error(`${stdout}${stderr}`)
  return JSON.parse(stdout) as Reach
}

/** Whoever has a route to be asked for, for the verdict `needs-route`. */
type Router = (verb: 'add' | 'del', subnet: string) => Promise<unknown>
const lanRoute: Router = (verb, subnet) =>
  lab.lanHost.exec(['ip', 'route', verb, `${subnet}0/24`, 'via', HOST])
const guestRoute =
  (name: string): Router =>
  (verb, subnet) =>
    guests.inGuest(name, `ip route ${verb} ${subnet}0/24 via ${HOST}`)

/**
 * One cell of the table: what `patchbay reach` says, and whether real packets agree. Where it says that the other side
 * needs a route, nothing gets through without one, and everything with one; where it says no, not even with one.
 * @param outer whose route may decide, and to which network
 */
async function cell(
  from: string,
  to: string,
  send: Sender,
  ip: string,
  outer?: { route: Router; subnet: string },
): Promise<string | null> {
  const { answer, reason } = await said(from, to)
  const seen: boolean[] = []
  seen.push(await answered(send, ip, answer === 'yes' ? 6 : 2))
  if (answer !== 'yes' && outer !== undefined) {
    await outer.route('add', outer.subnet)
    seen.push(await answered(send, ip, answer === 'no' ? 2 : 6))
    await outer.route('del', outer.subnet)
  }
  const withRoute = { yes: [], no: [false], unknown: [true] }[answer]
  const expected = [answer === 'yes', ...(outer === undefined ? [] : withRoute)]
  const line = `${from} → ${to}: ${answer} (${reason.code}), seen ${seen.map((one) => (one ? 'yes' : 'no')).join(', then with a route ')}`
  cells.push(line)
  // What is not known is settled by a route, or by nothing here.
  const settled = answer !== 'unknown' || outer !== undefined
  return settled && seen.join() === expected.join() ? null : line
}

/** Between the LAN and a network of the host's it is the guest in the LAN that may need a route. */
function routeBetween(from: string, to: string): { route: Router; subnet: string } | undefined {
  const [onLan, ...more] = [from, to].filter((name) => place(name).subnet === '10.77.0.')
  if (onLan === undefined || more.length > 0) return undefined
  return { route: guestRoute(onLan), subnet: place(onLan === from ? to : from).subnet }
}

/** The cells that differ. */
const differing = (all: readonly (string | null)[]): string[] => all.filter((one) => one !== null)

const hostAddressFor = (network: string): string => place(network).gateway ?? HOST

describe('the table, cell by cell', () => {
  it.each(NAMES)('%s: host, LAN, and who gives addresses', async (name) => {
    const { subnet } = place(name)
    const outer = subnet === '10.77.0.' ? undefined : { route: lanRoute, subnet }
    const ip = addressOf(name)
    expect(
      differing([
        await cell('host', name, fromHost, ip),
        await cell(name, 'host', fromGuest(name), hostAddressFor(name)),
        await cell(name, 'lan', fromGuest(name), lab.lanHost.address, outer),
        await cell('lan', name, fromLan, ip, outer),
      ]),
    ).toEqual([])
    const { stdout } = await patchbay(lab, 'reach', '--json')
    const { machines } = JSON.parse(stdout) as { machines: { name: string; addressesFrom: string[] }[] }
    // It was given an address by DHCP exactly where the table says that somebody gives them.
    const nobody = place(name).fixed !== undefined
    const source = nobody ? 'nobody' : ['bridged', 'macvtap'].includes(name) ? 'lan-router' : 'libvirt'
    expect(machines.find((machine) => machine.name === name)?.addressesFrom).toEqual([source])
  })

  it('nobody gives addresses where the table says so', async () => {
    for (const name of ['fixed', 'quiet']) {
      const asked = await guest(name).sh('udhcpc -f -n -q -i eth0 -t 3 -T 1 -s /bin/true', 60_000)
      expect([name, asked.code]).toEqual([name, 1])
    }
  })
})

describe('two machines', () => {
  it.each(NAMES)('from %s to every other network', async (from) => {
    const results: (string | null)[] = []
    for (const to of NAMES.filter((name) => name !== from)) {
      results.push(await cell(from, to, fromGuest(from), addressOf(to), routeBetween(from, to)))
    }
    expect(differing(results)).toEqual([])
  })

  it('on two NAT networks do not reach each other', async () => {
    const [nat, visitor] = ['nat', 'visitor']
    expect(
      differing([
        await cell(nat, visitor, fromGuest(nat), addressOf(visitor)),
        await cell(visitor, nat, fromGuest(visitor), addressOf(nat)),
      ]),
    ).toEqual([])
  })

  it('on the same macvtap network reach each other', async () => {
    expect(differing([await cell('macvtap', 'mate', fromGuest('macvtap'), addressOf('mate'))])).toEqual([])
  })

  it.each(NAMES.filter((name) => name !== 'macvtap'))('on the same network, %s', async (name) => {
    await guests.settle('visitor', name, 1, async () => {
      const { code, doc } = await document(lab, 'connect', 'visitor', `network:${name}`)
      expect([code, doc.failure]).toEqual([0, undefined])
    })
    expect(
      differing([
        await cell(name, 'visitor', fromGuest(name), addressOf('visitor')),
        await cell('visitor', name, fromGuest('visitor'), addressOf(name)),
      ]),
    ).toEqual([])
  })
})

describe('what changes the table', () => {
  it('host access: a macvlan link of the host and a route', async () => {
    const ip = addressOf('macvtap')
    const lines = ['link add access0 link br0 type macvlan mode bridge', 'link set access0 up']
    await lab.exec(['ip', '-batch', '-'], { input: `${lines.join('\n')}\n` })
    await lab.exec(['ip', 'route', 'add', `${ip}/32`, 'dev', 'access0', 'src', HOST])
    expect(await answered(fromHost, ip, 6)).toBe(true)
    // The host has met the mate as well, and has no route to it any more.
    const mate = [`${addressOf('mate')}/32`, 'dev', 'access0']
    await lab.exec(['ip', 'route', 'add', ...mate, 'src', HOST])
    expect(await answered(fromHost, addressOf('mate'), 6)).toBe(true)
    await lab.exec(['ip', 'route', 'del', ...mate])
    expect(
      differing([
        await cell('host', 'macvtap', fromHost, ip),
        await cell('macvtap', 'host', fromGuest('macvtap'), HOST),
        await cell('host', 'mate', fromHost, addressOf('mate')),
      ]),
    ).toEqual([])
    await lab.exec(['ip', 'link', 'delete', 'access0'])
  })

  it('a machine whose cable is cut', async () => {
    await guests.cable('nat', 'down')
    expect(differing([await cell('host', 'nat', fromHost, addressOf('nat'))])).toEqual([])
  })
})

describe('a probe', () => {
  const probed = async (from: string, to: string): Promise<unknown> => {
    const { stdout } = await patchbay(lab, 'reach', from, to, '--probe', '--json')
    return JSON.parse(stdout)
  }

  it('agrees where the guest answers, and names it by its MAC', async () => {
    const { mac } = guest('routed')
    await lab.exec(['ip', 'neigh', 'flush', 'all'])
    expect(await probed('host', 'routed')).toMatchObject({
      answer: 'yes',
      probe: {
        conclusion: 'agrees',
        probed: { sent: [{ by: 'arp', answeredBy: mac }, { by: 'ping' }, { by: 'tcp' }, { by: 'tcp' }] },
      },
    })
    // Without a guest agent the answer to the host's ping shows the way back.
    expect(await probed('routed', 'host')).toMatchObject({ answer: 'yes', probe: { conclusion: 'agrees' } })
    expect(await probed('host', 'lan')).toMatchObject({ answer: 'yes', probe: { conclusion: 'agrees' } })
  })

  it('is surprised by a guest that has fallen silent', async () => {
    await guests.inGuest('isolated', 'ip link set eth0 down')
    expect(await probed('host', 'isolated')).toMatchObject({
      answer: 'yes',
      probe: { conclusion: 'surprise' },
    })
  })

  it('says why it could not tell', async () => {
    expect(await probed('nat', 'routed')).toMatchObject({
      probe: { conclusion: 'could-not-tell', probed: { gap: 'no-agent' } },
    })
  })
})

it('no cell differs from what was said', () => {
  console.log([...cells, `${cells.length} cells`].join('\n'))
  expect(cells.length).toBeGreaterThan(100)
})
