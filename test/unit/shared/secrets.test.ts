import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutSecrets } from '../../../shared/snapshot/secrets'

describe('what looks like a password', () => {
  it.each([
    'wpa-psk hunter2 and more',
    '    wpa-psk   hunter2',
    'psk=hunter2',
    'password: "hunter2"',
    '        "password": hunter2',
    'PrivateKey=hunter2',
    'PresharedKey = hunter2',
    'wep-key0=hunter2',
    'wireless-key1 hunter2',
    'up iwconfig wlan0 key hunter2',
    'wpa-password hunter2',
    'pin=hunter2',
    'client-secret=hunter2',
  ])('is left out: %s', (line) => {
    const text = withoutSecrets(`before\n${line}\nafter\n`)
    expect(text).not.toContain('hunter2')
    expect(text).toMatch(/^before\n.*\[left out\]\nafter\n$/)
  })

  it.each([
    'iface enp3s0 inet dhcp',
    'Address=10.77.0.50/24',
    'up ping -c 1 10.77.0.1',
    'key-mgmt=wpa-eap',
    'id=Wired',
    'interface-name=enp3s0',
    'password:\n  next line',
    'LLMNR=no',
  ])('is not: %s', (line) => {
    expect(withoutSecrets(line)).toBe(line)
  })

  it('leaves the number of lines as it is, and nothing more to leave out', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('psk=a b', 'key x', '', 'x=y', ' key\t')), (lines) => {
        const once = withoutSecrets(lines.join('\n'))
        expect(once.split('\n')).toHaveLength(Math.max(1, lines.length))
        expect(withoutSecrets(once)).toBe(once)
      }),
    )
  })

  it('takes time in proportion to the text, however it is made', () => {
    // In proportion to its square, as of a pattern that looks back, this would take hours.
    const text = ['psk', 'a.', 'key1', '-', ' \t'].map((part) => part.repeat(500_000)).join('\n')
    expect(withoutSecrets(text).split('\n')).toHaveLength(5)
  })
})
