import { describe, expect, it } from 'vitest'
import { reachText } from '../../../renderer/model/reach-words'
import { no, REACH_CODES, unknown, yes } from '../../../shared/reach/verdict'

describe('a verdict in a few words', () => {
  it('says how, and why not', () => {
    expect(reachText(yes('host-address', 'virbr0'), 'now')).toBe('Yes')
    expect(reachText(yes('by-nat', 'enp3s0'), 'now')).toBe('Yes, through NAT')
    expect(reachText(no('no-uplink', ''), 'now')).toBe('No, no uplink')
    expect(reachText(no('isolated', 'lab'), 'now')).toBe('No')
    expect(reachText(unknown('other-wire', 'br1'), 'now')).toBe('Not known')
  })

  it('is a yes for nobody who is sure of it only later, or not at all', () => {
    expect(reachText(yes('by-nat', 'enp3s0'), 'when-it-runs')).toBe('When it runs, through NAT')
    expect(reachText(no('nobody-into-nat', 'default'), 'when-it-runs')).toBe('No')
    for (const code of REACH_CODES) {
      expect(reachText(yes(code, 'x'), 'moving')).toBe('Being moved')
      expect(reachText(yes(code, 'x'), 'when-it-runs')).not.toMatch(/^Yes/)
      expect(reachText(unknown(code, 'x'), 'now')).not.toMatch(/^Yes/)
    }
  })
})
