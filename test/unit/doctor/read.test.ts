import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backendIn, isUfwOn } from '../../../electron/doctor/read/firewall'
import { readKernel } from '../../../electron/doctor/read/kernel'
import { membershipOf } from '../../../electron/doctor/read/user'

describe('the group libvirt', () => {
  it.each([
    ['', [1000], 'no-group'],
    ['libvirt:x:118:ann,bob', [1000, 118], 'member'],
    ['libvirt:x:118:ann,bob\n', [1000], 'not-yet'],
    ['libvirt:x:118:bobby', [1000], 'not-member'],
    ['libvirt:x:118:', [118], 'member'],
  ])('of “%s” and a session with %j has bob as %s', (entry, now, membership) => {
    expect(membershipOf(entry, 'bob', now)).toBe(membership)
  })
})

describe('what makes the rules', () => {
  it('is what libvirt’s configuration says, else told by its chains', () => {
    expect(backendIn('#firewall_backend = "nftables"\n', null)).toBe('unknown')
    expect(backendIn('firewall_backend = "nftables"\n', ['-N LIBVIRT_INP'])).toBe('nftables')
    expect(backendIn('', ['-P INPUT ACCEPT', '-N LIBVIRT_INP'])).toBe('iptables')
  })

  it('is ufw where that is switched on', () => {
    expect(['ENABLED=yes\n', '# ENABLED=yes\nENABLED=no\n', ''].map(isUfwOn)).toEqual([true, false, false])
  })
})

describe('the settings of the kernel', () => {
  let root: string
  beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'patchbay-'))))
  afterEach(() => rm(root, { recursive: true }))

  it('are read where there are any', async () => {
    expect(await readKernel(root)).toEqual({ bridgeNf: null, ipv6: null })
    const files = {
      'bridge/bridge-nf-call-iptables': '1',
      'bridge/bridge-nf-call-ip6tables': '0',
      'ipv6/conf/all/forwarding': '1',
      'ipv6/conf/eth7/accept_ra': '2',
    }
    for (const [name, value] of Object.entries(files)) {
      await mkdir(join(root, name, '..'), { recursive: true })
      await writeFile(join(root, name), `${value}\n`)
    }
    expect(await readKernel(root)).toEqual({
      bridgeNf: { iptables: true, ip6tables: false },
      ipv6: { forwarding: true, acceptRa: { eth7: 2 } },
    })
  })
})
