import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseXml } from '../../../electron/libvirt/xml'
import { liveNotesOf, writeLiveNotes, type LiveNote } from '../../../electron/machines/live-notes'
import { parseMachine } from '../../../electron/machines/machine-xml'

const MAC = '52:54:00:00:00:01'

/** What libvirt makes of metadata that it is given: every element gets the prefix. */
const kept = (notes: Iterable<LiveNote>): string =>
  writeLiveNotes(notes)
    .replace('<nics', "<nics xmlns:patchbay='urn:patchbay:nics-live:1'")
    .replaceAll(/<(\/?)([a-z])/g, '<$1patchbay:$2')

/** The notes that outlive a run, which libvirt keeps beside them under the same prefix. */
const lasting = `<patchbay:nics xmlns:patchbay='urn:patchbay:nics:1'><patchbay:nic mac='${MAC}' type='bridge' name='br0'/></patchbay:nics>`
const domain = (notes: Iterable<LiveNote>, link = ''): string =>
  `<domain><metadata>${lasting}${kept(notes)}</metadata><devices><interface type='bridge'><mac address='${MAC}'/><source bridge='br0'/>${link}</interface></devices></domain>`

const anyTime = fc.integer({ min: 0, max: 2_000_000_000_000 })
const anyNote: fc.Arbitrary<LiveNote> = fc.record({
  mac: fc.constantFrom(MAC, '52:54:00:00:00:02'),
  moved: fc.option(
    fc.record({
      at: anyTime,
      oldLeases: fc.array(
        fc.record({ ip: fc.constantFrom('10.0.0.1', 'fd00::1'), expires: fc.option(anyTime) }),
        { maxLength: 2 },
      ),
    }),
  ),
  pulled: fc.option(fc.record({ until: anyTime, link: fc.constantFrom('up' as const, 'unset' as const) })),
})

describe('notes of a run', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        expect([...liveNotesOf(parseXml(domain([note]), 'domain')).values()]).toEqual([note])
      }),
    )
  })

  it('that make no sense are none', () => {
    const note = "<patchbay:nic mac='m' moved='soon' pulled-until='1e99'/><patchbay:nic/>"
    const ours = `<patchbay:nics xmlns:patchbay='urn:patchbay:nics-live:1'>${note}</patchbay:nics>`
    const read = liveNotesOf(parseXml(`<domain><metadata>${ours}</metadata></domain>`, 'domain'))
    expect([...read.values()]).toEqual([{ mac: 'm', moved: null, pulled: null }])
  })
})

describe('a link that is down', () => {
  const down = "<link state='down'/>"
  const pulled: LiveNote = { mac: MAC, moved: null, pulled: { until: 5000, link: 'unset' } }
  const nicAt = (now: number, notes: LiveNote[], link = down) =>
    parseMachine(domain(notes, link), now).nics[0]

  it('is the user’s setting where nothing is noted', () => {
    expect(nicAt(0, [])).toMatchObject({ linkUp: false })
    expect(nicAt(0, [])).not.toHaveProperty('pulledUntil')
  })

  it('counts as up for the time that Patchbay pulls its cable, and as left out afterwards', () => {
    expect(nicAt(4999, [pulled])).toMatchObject({ linkUp: true, pulledUntil: 5000 })
    expect(nicAt(5000, [pulled])).toMatchObject({ linkUp: false, pulledUntil: 5000 })
  })

  it('and up again is up, whatever is still noted', () => {
    expect(nicAt(9999, [pulled], '')).toMatchObject({ linkUp: true })
    expect(nicAt(9999, [pulled], '')).not.toHaveProperty('pulledUntil')
  })
})
