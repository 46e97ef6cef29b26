import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPatchbay, document, patchbay, PATCHBAY } from './cli-helpers'
import { startFastLab, type Guest, type Lab } from './index'

const onNat = (address: string) => address.startsWith('192.168.122.')
const onLan = (address: string) => address.startsWith('10.77.0.')

let lab: Lab

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFastLab({ networkManager: false })
  const { nic, nicMac } = lab
  const lines = [
    `link add br0 address ${nicMac} type bridge stp_state 0`,
    `link set ${nic} master br0`,
    `address flush dev ${nic}`,
    'address add 10.77.0.50/24 dev br0',
    'link set br0 up',
    `route replace default via ${lab.router.address} dev br0`,
  ]
  await lab.exec(['ip', '-batch', '-'], { input: `${lines.join('\n')}\n` })
})

afterAll(() => lab.close())

const linkOf = async (guest: Guest): Promise<string | null> =>
  /<link state='(\w+)'/.exec(await guest.xml())?.[1] ?? null

const shownAddresses = async (): Promise<string[]> =>
  (await document(lab, 'machines')).doc.machines?.[0]?.nics[0]?.addresses.map(({ ip }) => ip) ?? []

const cut = (guest: Guest) => expect.poll(() => linkOf(guest), { timeout: 10_000, interval: 50 }).toBe('down')

/** Runs `patchbay connect` and sends it a signal once it has told of a step, and `when` has come. */
async function connectAnd(
  step: string,
  signal: string,
  words: readonly string[],
  when: () => Promise<void> = () => Promise.resolve(),
): Promise<{ ended: number | null; stderr: string }> {
  const argv = ['sh', '-c', 'echo $$ >&2; exec "$@"', 'sh', ...PATCHBAY, 'connect', ...words]
  const child = lab.spawn(argv, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  if (child.stderr === null) throw new Error('the command was started without pipes')
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line)
    if (!line.includes(step)) continue
    await when()
    await lab.exec(['kill', `-${signal}`, lines[0] ?? ''])
  }
  return { ended: await ended, stderr: lines.join('\n') }
}

describe('a guest that lets short cuts of its cable pass', () => {
  let guest: Guest

  beforeAll(async () => {
    guest = await lab.addGuest('calm', { missesShortPulls: true })
    await guest.waitForAddress(onNat, 90_000)
  })

  it('has its cable pulled once more, and longer, until its new address is there', async () => {
    const { code, doc, stderr } = await document(lab, 'connect', 'calm', 'lan')
    expect([code, doc.result?.address?.source]).toEqual([0, 'arp'])
    expect(stderr).toContain('✓ Pull the cable for 7 seconds')
    expect(await guest.waitForAddress(onLan)).toBe(doc.result?.address?.ip)
    expect(await linkOf(guest)).toBeNull()
    expect(await shownAddresses()).toEqual([doc.result?.address?.ip])
  })

  it('is not said to have the lease of an earlier stay while it goes on with the address of elsewhere', async () => {
    // Whatever its cable does, it keeps this one from now on.
    const old = guest.addresses().get(guest.mac) ?? ''
    await guest.sh(`echo ${old} >/run/eth0.fixed`)
    const { ended, stderr } = await connectAnd('… Wait for an address', 'INT', ['calm', 'nat'])
    expect([ended, stderr]).toEqual([0, expect.stringContaining('Interrupted')])
    const { leases } = (await document(lab, 'network', 'show', 'default')).doc.network ?? {}
    expect(leases?.map(({ mac }) => mac)).toContain(guest.mac)
    expect(await shownAddresses()).toEqual([])
    await guest.sh('rm /run/eth0.fixed')
  })

  it('has its cable put in by the command that is named, when a kill has left it out, and asks then', async () => {
    await connectAnd('… Pull the cable', 'KILL', ['calm', '--replug'], () => cut(guest))
    expect(await linkOf(guest)).toBe('down')
    const shown = async () => (await patchbay(lab, 'machines')).stdout
    await expect
      .poll(shown, { timeout: 30_000, interval: 500 })
      .toContain('the cable of calm out: patchbay connect calm --replug')
    expect(await shown()).toContain('left out')

    const { code, doc } = await document(lab, 'connect', 'calm', '--replug')
    expect([code, doc.result?.kind, doc.result?.address?.source]).toEqual([0, 'replugged', 'lease'])
    expect(await guest.waitForAddress(onNat)).toBe(doc.result?.address?.ip)
    expect(await shownAddresses()).toEqual([doc.result?.address?.ip])
    expect(await linkOf(guest)).toBeNull()
    expect(await shown()).not.toContain('left out')
  })

  it('has its cable in again at once when the command is interrupted', async () => {
    const { ended } = await connectAnd('… Pull the cable', 'INT', ['calm', '--replug'], () => cut(guest))
    expect(ended).toBe(0)
    expect(await linkOf(guest)).toBeNull()
  })

  it('has its cable stay cut where the user has cut it: refused, with the way out', async () => {
    await lab.exec(['virsh', '-c', 'qemu:///system', 'domif-setlink', 'calm', guest.mac, 'down'])
    const { code, doc } = await document(lab, 'connect', 'calm', '--replug')
    expect([code, doc.failure?.hint]).toEqual([
      3,
      `Put it in first: virsh domif-setlink calm ${guest.mac} up`,
    ])
    expect(await linkOf(guest)).toBe('down')
  })
})
