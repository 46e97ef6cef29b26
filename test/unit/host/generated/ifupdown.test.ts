import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileEdit, isEdited, reversed } from '../../../../electron/host/managers/ifupdown/edit'
import { ifupdownRefusal } from '../../../../electron/host/managers/ifupdown/refusals'
import { physicalLines } from '../../../../electron/host/managers/ifupdown/syntax'
import { editsOf } from '../../../../electron/host/managers/ifupdown/plan'
import { someFacts } from '../ifupdown/texts'
import { CARD_LINES, type Files, interfacesFiles, readInterfaces } from './ifupdown'
import { anyNetwork, type Network, sorted } from './networks'

const NIC = 'enp3s0'

const anyFiles: fc.Arbitrary<[Network, Files]> = anyNetwork.chain((network) =>
  interfacesFiles(network, NIC).map((files): [Network, Files] => [network, files]),
)

const edits = (files: Files): FileEdit[] => editsOf(someFacts(files), NIC, 'br0')

const applied = (files: Files, changes: readonly FileEdit[]): Files => ({
  ...files,
  ...Object.fromEntries(changes.map(({ path, after }) => [path, after])),
})

/** The files with the edits taken back, as `present` has them now. */
function takenBack(present: Files, changes: readonly FileEdit[]): Files {
  const results = new Map(Object.entries(present))
  for (const edit of changes) {
    const text = reversed(edit, present[edit.path] ?? null, 'br0')
    if (text === null) results.delete(edit.path)
    else results.set(edit.path, text)
  }
  return Object.fromEntries(results)
}

describe('ifupdown: the edit of any files', () => {
  it('is not refused', () => {
    fc.assert(
      fc.property(anyFiles, ([, files]) => {
        expect(ifupdownRefusal(someFacts(files, { up: [] }), NIC, 'br0')).toBeNull()
      }),
    )
  })

  it('gives the bridge every address, route, name server and search domain, and nothing else', () => {
    fc.assert(
      fc.property(anyFiles, ([network, files]) => {
        const read = readInterfaces(applied(files, edits(files)), 'br0')
        expect(sorted(read.fixed)).toEqual(sorted(network.fixed))
        expect(sorted(read.routes)).toEqual(sorted(network.routes))
        expect([read.dns, read.search]).toEqual([network.dns, network.search])
        expect([read.leased, read.advertised]).toEqual([network.leased, network.advertised])
        expect(read.mtu).toBe(network.mtu === 1500 ? null : String(network.mtu))
      }),
    )
  })

  it('leaves the card without a network of its own, and with what is the card’s', () => {
    fc.assert(
      fc.property(anyFiles, ([network, files]) => {
        const after = applied(files, edits(files))
        const card = readInterfaces(after, NIC)
        expect(card.methods.every((method) => method.endsWith(' manual'))).toBe(true)
        expect([card.fixed, card.routes, card.dns, card.search]).toEqual([[], [], [], []])
        expect(card.mtu).toBe(network.mtu === 1500 ? null : String(network.mtu))
        const bridge = readInterfaces(after, 'br0')
        for (const line of CARD_LINES) {
          expect(card.lines).toContain(line)
          expect(bridge.lines).not.toContain(line)
        }
        expect(readInterfaces(after, 'lo').methods).toEqual(['inet loopback'])
      }),
    )
  })

  it('is taken back byte for byte', () => {
    fc.assert(
      fc.property(anyFiles, ([, files]) => {
        const changes = edits(files)
        expect(takenBack(applied(files, changes), changes)).toEqual(files)
      }),
    )
  })

  it('is taken back without what the user has changed since', () => {
    const anyChanges = fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('# mine\n', '\n', 'iface wg0 inet manual\n', '#patch\n')),
    )
    fc.assert(
      fc.property(anyFiles, anyChanges, ([, files], wanted) => {
        const changes = edits(files)
        const present = new Map(Object.entries(applied(files, changes)))
        const expected = new Map(Object.entries(files))
        for (const [path, original] of Object.entries(files)) {
          const [mine, theirs] = [original, present.get(path) ?? ''].map(physicalLines)
          if (!mine || !theirs) continue
          for (const [at, line] of wanted) {
            // Places before the last line are the same in both; what follows it may be our block.
            const place = mine.length < 2 ? 0 : at % (mine.length - 1)
            // A line that is put into a continued one changes it, and with it perhaps our own.
            if (mine.slice(0, place).at(-1)?.endsWith('\\\n') === true) continue
            mine.splice(place, 0, line)
            theirs.splice(place, 0, line)
          }
          expected.set(path, mine.join(''))
          present.set(path, theirs.join(''))
        }
        const now = Object.fromEntries(present)
        const result = takenBack(now, changes)
        expect(result).toEqual(Object.fromEntries(expected))
        expect(Object.values(result).some((text) => isEdited(text, 'br0'))).toBe(false)
      }),
    )
  })
})
