import { describe, expect, it } from 'vitest'
import { isWithoutCarrier, withoutCarrier } from '../../../electron/helper/change/unplugged'
import type { Proof } from '../../../electron/helper/change/proofs'
import { aHost, aLink } from '../host/a-host'

const change = { nic: 'enp3s0', bridge: 'br0' }
const bad = (name: string): Proof => ({ name, ok: false, detail: 'not so' })
const NEEDED = ['addresses', 'port']
const PLUGGED = { up: true, carrier: true }
const UNPLUGGED = { up: true, carrier: false }

describe('a rollback while the cable is out', () => {
  it('is told by a card that is up and has no carrier, not by one that is down or gone', () => {
    const facts = (state: { up: boolean; carrier: boolean }) => aHost({ links: [aLink(state)] })
    expect(isWithoutCarrier(facts(UNPLUGGED), 'enp3s0')).toBe(true)
    expect(isWithoutCarrier(facts(PLUGGED), 'enp3s0')).toBe(false)
    expect(isWithoutCarrier(facts({ up: false, carrier: false }), 'enp3s0')).toBe(false)
    expect(isWithoutCarrier(facts(UNPLUGGED), 'enp4s0')).toBe(false)
  })

  it('asks for all that is not the carrier’s: files, no bridge, a card that is nobody’s port', () => {
    const facts = aHost({ links: [aLink(UNPLUGGED)] })
    const checks = ['bridge', 'port', 'addresses', 'configuration files'].map(bad)
    const left = withoutCarrier(checks, 'nic', facts, change, NEEDED)
    expect(left.map(({ name }) => name)).toEqual(['bridge', 'port', 'configuration files'])
    expect(left.some(({ ok }) => ok)).toBe(false)
  })

  it('takes a bridge for well that is up, with its port in it', () => {
    const judged = (master: string | null, up: boolean) => {
      const bridge = aLink({ name: 'br0', kind: 'bridge', up, carrier: false })
      const facts = aHost({ links: [aLink({ ...UNPLUGGED, master }), bridge] })
      return withoutCarrier([bad('bridge'), bad('port')], 'bridge', facts, change, ['addresses'])
    }
    expect(judged('br0', true).map(({ ok }) => ok)).toEqual([true, true])
    expect(judged(null, false).map(({ ok }) => ok)).toEqual([false, false])
  })
})
