import { describe, expect, it } from 'vitest'
import { LibvirtError } from '../../../electron/libvirt/errors'
import { AddressSource } from '../../../electron/libvirt/flags'
import type { Libvirt } from '../../../electron/libvirt/libvirt'
import type { ArgsOf, ProcedureName, ReturnOf } from '../../../electron/libvirt/procedures'
import type { RemoteError } from '../../../electron/libvirt/wire'
import { linkOf } from '../../../electron/machines/interface-xml'
import { switchNic, type SwitchRequest } from '../../../electron/machines/switch-nic'
import { toFailure } from '../../../shared/failure'
import { english } from '../../../shared/phrases/english'
import { type Text } from '../../../shared/phrases/phrase'
import { SWITCH_STEPS } from '../../../electron/machines/move-nic'

const MAC = '52:54:00:00:00:01'
const DOM = { name: 'web', uuid: '0b1690dc-a020-4534-8692-479c8a8b4e7c', id: 3 }
const NIC = `<interface type='network'><mac address='${MAC}'/><source network='default'/></interface>`
const wish: SwitchRequest = { machine: 'web', mac: MAC, to: { type: 'bridge', bridge: 'br0' }, live: true }

type Answers = { [N in ProcedureName]?: (args: ArgsOf<N>) => ReturnOf<N> }

/** A running machine with a NIC and a guest agent, in memory: the lab's guests have no agent. */
class AgentGuest {
  readonly updates: { flags: number; xml: string }[] = []
  readonly definitions = new Map([
    [1, NIC],
    [2, NIC],
  ])
  /** What the agent says, at each question the next; the last one stays. */
  agent: string[][] = [['192.168.122.7']]
  /** What the host's neighbour table says of the NIC. */
  neighbours: string[] = []
  /** Decides whether an update fails, by the number of updates before it. */
  fails: (number: number) => boolean = () => false

  readonly #answers: Answers = {
    connectGetLibVersion: () => ({ version: 9_000_000n }),
    domainLookupByName: () => ({ dom: DOM }),
    domainIsPersistent: () => ({ persistent: true }),
    domainGetState: () => ({ state: 1, reason: 0 }),
    domainGetXmlDesc: ({ flags }) => ({
      xml: `<domain><devices>${this.definitions.get(flags === 2 ? 2 : 1) ?? ''}</devices></domain>`,
    }),
    domainSetMetadata: () => ({}),
    domainUpdateDeviceFlags: ({ xml, flags }) => {
      const number = this.updates.push({ flags, xml }) - 1
      if (this.fails(number)) throw refused('update-device')
      this.definitions.set(flags, xml)
      return {}
    },
    domainInterfaceAddresses: ({ source }) => ({
      ifaces: [{ name: 'eth0', hwaddr: MAC.toUpperCase(), addrs: this.#told(source).map(addressOf) }],
    }),
    networkLookupByName: ({ name }) => ({ net: { name, uuid: DOM.uuid } }),
    networkGetDhcpLeases: ({ net: { name } }) => {
      const leases = name === 'default' ? [oldLease] : []
      return { leases, count: leases.length }
    },
  }

  #told(source: number): string[] {
    if (source === AddressSource.arp) return this.neighbours
    const next = this.agent.length > 1 ? this.agent.shift() : this.agent[0]
    return ['127.0.0.1', 'fe80::1', ...(next ?? [])]
  }

  readonly libvirt: Libvirt = {
    uri: 'qemu:///system',
    call: (name, args) => {
      const answer = this.#answers[name]
      return new Promise((resolve) => {
        if (!answer) throw new Error(`${name} was not expected`)
        resolve(answer(args))
      })
    },
    subscribe: () => Promise.reject(new Error('nothing to listen to')),
    onClose: () => () => undefined,
    close: () => Promise.resolve(),
  }
}

const addressOf = (addr: string) => ({ type: addr.includes(':') ? 1 : 0, addr, prefix: 24 })

/** The address the guest has on NAT. */
const oldLease = {
  iface: 'virbr0',
  expirytime: 2_000_000_000n,
  type: 0,
  mac: MAC,
  iaid: null,
  ipaddr: '192.168.122.7',
  prefix: 24,
  hostname: null,
  clientid: null,
}

const refused = (call: string): LibvirtError => new LibvirtError(call, { ...noDetails, message: 'No.' })
const noDetails: RemoteError = {
  code: 9,
  domain: 10,
  message: null,
  level: 2,
  dom: null,
  str1: null,
  str2: null,
  str3: null,
  int1: 0,
  int2: 0,
  net: null,
}

describe('a switch', () => {
  it('cuts the link with the move, saves, and brings the link back as it was', async () => {
    const guest = new AgentGuest()
    guest.agent = [['192.168.122.7'], ['10.77.0.5']]
    await switchNic(guest.libvirt, wish)
    const seen = guest.updates.map(({ flags, xml }) => [flags, linkOf(xml), xml.includes('bridge="br0"')])
    expect(seen).toEqual([
      [1, 'down', true],
      [2, 'unset', true],
      [1, 'unset', true],
    ])
  })

  it('reports what the guest agent says, once that is new', async () => {
    const guest = new AgentGuest()
    guest.agent = [['192.168.122.7'], ['192.168.122.7'], ['fd00::5'], ['10.77.0.5', 'fd00::5']]
    const { address } = await switchNic(guest.libvirt, wish)
    expect(address).toEqual({ ip: '10.77.0.5', prefix: 24, source: 'agent' })
  }, 10_000)

  it('takes an IPv6 address when there is no other in time', async () => {
    const guest = new AgentGuest()
    guest.agent = [['192.168.122.7'], ['192.168.122.7', 'fd00::5']]
    const { address } = await switchNic(guest.libvirt, { ...wish, addressPatienceMs: 1 })
    expect(address?.ip).toBe('fd00::5')
  })

  it('says that no address was seen when the guest keeps its old one', async () => {
    const details: (Text | null)[] = []
    const outcome = await switchNic(new AgentGuest().libvirt, {
      ...wish,
      addressPatienceMs: 1,
      progress: (_step, state, detail) => state === 'done' && details.push(detail),
    })
    expect(outcome.address).toBeNull()
    expect(details).toEqual(['running machine and saved definition', null, 'not seen yet'])
  })

  it('does not take the address of the old network for a new one, where the guest goes on using it', async () => {
    const guest = new AgentGuest()
    guest.agent = [[]]
    const outcome = await switchNic(guest.libvirt, {
      ...wish,
      addressPatienceMs: 1,
      progress: (step) => step === SWITCH_STEPS.plug && (guest.neighbours = ['192.168.122.7']),
    })
    expect(outcome.address).toBeNull()
  })

  it('stays done when the wait for the address is ended', async () => {
    const guest = new AgentGuest()
    const over = new AbortController()
    const outcome = await switchNic(guest.libvirt, {
      ...wish,
      signal: over.signal,
      progress: (step, state) => {
        if (step === SWITCH_STEPS.address && state === 'running') setTimeout(() => over.abort(), 10)
      },
    })
    expect(outcome).toMatchObject({ after: { live: wish.to, saved: wish.to }, address: null })
  })

  it.each([
    ['the saved definition', 1, 3],
    ['the link', 2, 5],
  ])('puts everything back when %s fails', async (_what, failing, updates) => {
    const guest = new AgentGuest()
    guest.fails = (number) => number === failing
    const failure = toFailure(await switchNic(guest.libvirt, wish).catch((thrown: unknown) => thrown))
    expect(failure.code).toBe('rolled-back')
    expect(guest.updates).toHaveLength(updates)
    for (const xml of guest.definitions.values()) {
      expect(linkOf(xml)).toBe('unset')
      expect(xml).toMatch(/network=['"]default['"]/)
    }
  })

  it('changes nothing more when libvirt refuses the first step', async () => {
    const guest = new AgentGuest()
    guest.fails = (number) => number === 0
    const failure = toFailure(await switchNic(guest.libvirt, wish).catch((thrown: unknown) => thrown))
    expect(failure.code).toBe('libvirt-error')
    expect(guest.updates).toHaveLength(1)
  })

  it('says so when putting back fails as well', async () => {
    const guest = new AgentGuest()
    guest.fails = (number) => number >= 1
    const failure = toFailure(await switchNic(guest.libvirt, wish).catch((thrown: unknown) => thrown))
    expect(failure.code).toBe('rollback-failed')
    expect(english(failure.shellHint ?? '')).toContain('patchbay machines')
  })
})
