import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseSections,
  printSections,
  settingOf,
} from '../../../../electron/host/managers/networkd/unit-text'

const file = `# The desk by the window.
[Match]
Name=enp3s0

[Network]
Address = 10.0.0.5/24
; DNS=10.0.0.9
DNS=10.0.0.1 \\
# in the middle
  10.0.0.2

[Route]
Gateway=10.0.0.1
[Route]
Destination=10.88.0.0/16
Gateway=10.0.0.9
[X-Unknown]
Whatever=a=b
`

describe('the sections of a unit file', () => {
  it('keep their order, also when they come several times or are unknown', () => {
    const names = parseSections(file).map(({ name }) => name)
    expect(names).toEqual(['Match', 'Network', 'Route', 'Route', 'X-Unknown'])
  })

  it('have settings without comments, and lines that go on', () => {
    expect(parseSections(file)[1]?.settings).toEqual([
      { key: 'Address', value: '10.0.0.5/24' },
      { key: 'DNS', value: '10.0.0.1  10.0.0.2' },
    ])
    expect(parseSections(file).at(-1)?.settings).toEqual([{ key: 'Whatever', value: 'a=b' }])
  })

  it('are read as they are written', () => {
    const sections = parseSections(file)
    expect(parseSections(printSections(sections))).toEqual(sections)
  })

  it('pass over what stands before the first one', () => {
    expect(parseSections('Name=enp3s0\n[Network]\nDHCP=yes\n')).toEqual([
      { name: 'Network', settings: [{ key: 'DHCP', value: 'yes' }] },
    ])
  })
})

it('the last value of a setting counts', () => {
  const sections = parseSections('[Network]\nDHCP=no\n[Link]\nDHCP=x\n[Network]\nDHCP=yes\n')
  expect(settingOf(sections, 'Network', 'DHCP')).toBe('yes')
  expect(settingOf(sections, 'Route', 'DHCP')).toBeUndefined()
})

const piece = fc.constantFrom(
  '[A]',
  '[B',
  'Key=value',
  'Key = v=w',
  '# note',
  ';x',
  '',
  '  ',
  'word',
  'Key=\\\\',
  '\\',
)
const end = fc.constantFrom('\n', '\n', '\n', '\\\n', '\r\n', '\\\r\n', '')

/** Files of every sort, also such as end within a continued line. */
const anyText = fc.array(fc.tuple(piece, end)).map((lines) => lines.flat().join(''))

it('what is read of any file says the same when it is written', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const sections = parseSections(text).filter(({ settings }) => settings.length > 0)
      expect(parseSections(printSections(sections))).toEqual(sections)
    }),
    { numRuns: 1000, examples: [['[A]\nKey=\\\\\\  \\\n\n[B]\nKey=w\n']] },
  )
})
