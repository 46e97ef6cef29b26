import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDefined, mtuOf, type Pluggable } from '../../../electron/machines/interface-xml'
import { parseMachine } from '../../../electron/machines/machine-xml'
import { notesOf, type Note } from '../../../electron/machines/memory'
import { moved } from '../../../electron/machines/moved'
import type { Side } from '../../../electron/machines/sides'
import { parseXml } from '../../../electron/libvirt/xml'
import { MACVTAP_MODES } from '../../../shared/world/world'
import { canonical } from '../xml/canonical'
import { asLibvirtKeeps } from './kept-notes'

const MAC = '52:54:00:00:00:01'
const NAT: Pluggable = { type: 'network', network: 'default' }
const MACVTAP: Pluggable = { type: 'direct', link: 'enp3s0', mode: 'bridge' }
const NIC = `<interface type='network'><mac address='${MAC}'/><source network='default'/>
  <model type='virtio'/><mtu size='1400'/><boot order='1'/><x:own xmlns:x='urn:x'/></interface>`

const domain = (nic: string, notes: Iterable<Note> = []): string =>
  `<domain><metadata><other:nics xmlns:other='urn:other'/>${asLibvirtKeeps(notes)}</metadata><devices>${nic}</devices></domain>`
const side = (xml: string, attachment: Pluggable, notes: Iterable<Note> = []): Side => ({
  affect: 2,
  xml,
  domainXml: domain(xml, notes),
  attachment,
})

describe('a NIC that moves to macvtap', () => {
  const there = moved(side(NIC, NAT), MAC, MACVTAP)

  it('leaves behind the MTU that libvirt allows nobody there, and notes it with its old place', () => {
    expect(mtuOf(there.xml)).toBeNull()
    expect(there.setAside).toBe('1400')
    expect([...there.notes.values()]).toEqual([{ mac: MAC, was: NAT, mtu: '1400' }])
  })

  it('still waits for its MTU in another mode, and has it back in every other place', () => {
    const other: Pluggable = { ...MACVTAP, mode: 'vepa' }
    const further = moved(side(there.xml, MACVTAP, there.notes.values()), MAC, other)
    expect(mtuOf(further.xml)).toBeNull()
    const back = moved(side(further.xml, other, further.notes.values()), MAC, NAT)
    expect(mtuOf(back.xml)).toBe('1400')
    expect(back.setAside).toBeNull()
    expect([...back.notes.values()]).toEqual([{ mac: MAC, was: other, mtu: null }])
  })

  it('is the same after it was there and back', () => {
    const back = moved(side(there.xml, MACVTAP, there.notes.values()), MAC, NAT)
    // The MTU is the last element now; libvirt orders them itself.
    const sorted = (xml: string): string[] => canonical(xml).split('<').sort()
    expect(sorted(back.xml)).toEqual(sorted(NIC))
  })

  it('keeps an MTU that was set meanwhile', () => {
    const changed = there.xml.replace('<boot', "<mtu size='9000'/><boot")
    expect(mtuOf(moved(side(changed, MACVTAP, there.notes.values()), MAC, NAT).xml)).toBe('9000')
  })

  it('changes nothing else that is noted of the machine', () => {
    const other: Note = { mac: '52:54:00:00:00:02', was: NAT, mtu: null }
    expect(moved(side(NIC, NAT, [other]), MAC, MACVTAP).notes.get(other.mac)).toEqual(other)
  })
})

const anyName = fc
  .string({ minLength: 1, unit: 'grapheme' })
  .filter((name) => !/[\p{C}\uFFFE\uFFFF]/u.test(name))
const anyPlace: fc.Arbitrary<Pluggable> = fc.oneof(
  anyName.map((network): Pluggable => ({ type: 'network', network })),
  anyName.map((bridge): Pluggable => ({ type: 'bridge', bridge })),
  fc
    .tuple(anyName, fc.constantFrom(...MACVTAP_MODES))
    .map(([link, mode]): Pluggable => ({ type: 'direct', link, mode })),
)

describe('what is noted', () => {
  it('is read as it was written, whatever the names', () => {
    fc.assert(
      fc.property(anyPlace, fc.option(fc.constantFrom('68', '9000')), (was, mtu) => {
        const note: Note = { mac: MAC, was, mtu }
        expect([...notesOf(parseXml(domain(NIC, [note]), 'domain')).values()]).toEqual([note])
      }),
    )
  })

  it('by an older Patchbay is read still: it has the name of the place alone', () => {
    const old = `<patchbay:nics xmlns:patchbay='urn:patchbay:nics:1'><patchbay:nic mac='${MAC}' type='network' name='floor'/>
      <patchbay:nic mac='52:54:00:00:00:02' type='direct' name='enp3s0' mode='vepa' mtu='9000'/></patchbay:nics>`
    const notes = notesOf(parseXml(`<domain><metadata>${old}</metadata></domain>`, 'domain'))
    expect([...notes.values()]).toEqual([
      { mac: MAC, was: { type: 'network', network: 'floor' }, mtu: null },
      {
        mac: '52:54:00:00:00:02',
        was: { type: 'direct', link: 'enp3s0', mode: 'vepa' },
        mtu: '9000',
      },
    ])
  })

  it('tells in the World where a NIC was', () => {
    const xml = domain(NIC, [{ mac: MAC, was: MACVTAP, mtu: null }])
    expect(parseMachine(xml).nics[0]?.previous).toEqual(MACVTAP)
    expect(parseMachine(domain(NIC)).nics[0]).not.toHaveProperty('previous')
  })

  it.each([
    "<nic mac='x'/>",
    "<nic name='a' type='network'/>",
    "<nic mac='x' name='a' type='magic'/>",
    '<nic/>',
  ])('and makes no sense is left out: %s', (nic) => {
    const ours = `<p:nics xmlns:p='urn:patchbay:nics:1'>${nic.replace('<nic', '<patchbay:nic')}</p:nics>`
    expect(notesOf(parseXml(`<domain><metadata>${ours}</metadata></domain>`, 'domain')).size).toBe(0)
  })
})

describe('the NIC of a running machine, to be plugged in once more', () => {
  it('names its network, and not what that has led to', () => {
    const live = `<interface type='direct'><mac address='${MAC}'/>
      <source network='pool' portgroup='fast' portid='b585' dev='enp3s0' mode='bridge'/><target dev='macvtap0'/></interface>`
    expect(canonical(asDefined(live))).toBe(
      canonical(
        `<interface type='network'><mac address='${MAC}'/>\n      <source network='pool' portgroup='fast'/></interface>`,
      ),
    )
  })

  it.each([
    ["<target dev='vnet12'/>", false],
    ["<target dev='web0'/>", true],
    ["<target dev='vnet1' managed='no'/>", true],
  ])('keeps of %s what is the user’s', (target, stays) => {
    const xml = `<interface type='bridge'><source bridge='br0'/>${target}</interface>`
    expect(asDefined(xml).includes('<target')).toBe(stays)
    expect(asDefined(xml)).not.toContain('vnet')
    expect(asDefined(xml)).toContain('br0')
  })
})
