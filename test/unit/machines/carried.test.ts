import { describe, expect, it } from 'vitest'
import { refuseToPartTeam, refuseWhatIsLost, type Ground } from '../../../electron/machines/carried'
import { toFailure, type Failure } from '../../../shared/failure'
import { saying } from '../shared/saying'

const nic = (inside = '', mac = '52:54:00:00:00:01'): string =>
  `<interface type='bridge'><mac address='${mac}'/><source bridge='br0'/>${inside}</interface>`
const VLAN = "<vlan><tag id='42'/></vlan>"

function refusal(work: () => void): Failure | null {
  try {
    work()
    return null
  } catch (thrown) {
    return toFailure(thrown)
  }
}
const onGround = (inside: string, ground: Ground, version = 9_000_000n): Failure | null =>
  refusal(() => refuseWhatIsLost(nic(inside), ground, version))

describe('a NIC with a VLAN', () => {
  it.each(['linux-bridge', 'macvtap'] as const)('is refused on %s, with the VLAN named', (ground) => {
    expect(onGround(VLAN, ground)).toMatchObject({ code: 'refused', message: saying('VLAN 42') })
  })

  it.each(['open-vswitch', 'macvtap-passthrough', 'host-device'] as const)('is fine on %s', (ground) => {
    expect(onGround(VLAN, ground)).toBeNull()
  })

  it('is fine on a Linux bridge since libvirt 11', () => {
    expect(onGround(VLAN, 'linux-bridge', 11_000_000n)).toBeNull()
    expect(onGround(VLAN, 'macvtap', 11_000_000n)).not.toBeNull()
  })
})

describe('on macvtap', () => {
  it.each([
    ["<filterref filter='no-mac-spoofing'/>", 'no-mac-spoofing'],
    ["<port isolated='yes'/>", 'isolated'],
  ])('%s is refused, since it would protect nobody there', (inside, word) => {
    expect(onGround(inside, 'macvtap')).toMatchObject({ code: 'refused', message: saying(word) })
    expect(onGround(inside, 'linux-bridge')).toBeNull()
  })

  it('a NIC with nothing of that kind is fine', () => {
    expect(onGround("<port isolated='no'/><mtu size='1400'/>", 'macvtap')).toBeNull()
  })
})

describe('an isolated NIC', () => {
  const port = "<port isolated='yes'/>"

  it.each(['open-vswitch', 'macvtap', 'macvtap-passthrough', 'host-device', 'unknown'] as const)(
    'is refused on %s: libvirt isolates ports of the kernel’s bridges alone',
    (ground) => {
      expect(onGround(port, ground)).toMatchObject({ code: 'refused', message: saying('isolates nobody') })
    },
  )

  it('is fine on a bridge of the kernel', () => {
    expect(onGround(port, 'linux-bridge')).toBeNull()
  })
})

describe('a failover pair', () => {
  const kept = nic("<teaming type='persistent'/><alias name='ua-kept'/>")
  const fast = nic("<teaming type='transient' persistent='ua-kept'/>", '52:54:00:00:00:02')
  const domain = (...nics: string[]): string => `<domain><devices>${nics.join('')}</devices></domain>`

  it('is not parted: each is refused with the other named, and what to do', () => {
    expect(refusal(() => refuseToPartTeam(kept, domain(kept, fast)))).toMatchObject({
      code: 'refused',
      hint: saying('Unplug 52:54:00:00:00:02 first'),
    })
    expect(refusal(() => refuseToPartTeam(fast, domain(kept, fast)))).toMatchObject({
      hint: saying('switch 52:54:00:00:00:01'),
    })
  })

  it('of which one is left can be switched', () => {
    expect(refusal(() => refuseToPartTeam(kept, domain(kept)))).toBeNull()
    expect(refusal(() => refuseToPartTeam(nic(), domain(nic())))).toBeNull()
  })
})
