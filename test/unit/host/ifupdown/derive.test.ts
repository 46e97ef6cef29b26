import { describe, expect, it } from 'vitest'
import { bridgeStanzas } from '../../../../electron/host/managers/ifupdown/derive'
import {
  namesLink,
  namesOtherwise,
  subjectOf,
  withDevice,
} from '../../../../electron/host/managers/ifupdown/words'
import { INSTALLED, someConfig } from './texts'

const derive = (text: string): string => bridgeStanzas(someConfig(text), 'enp3s0', 'br0')

const MAKE =
  '    pre-up [ -e /sys/class/net/br0 ] || ip link add name br0 address "$(cat /sys/class/net/enp3s0/address)" type bridge stp_state 0 forward_delay 0\n'
const ENSLAVE = '    pre-up ip link set dev enp3s0 master br0\n'

describe('the bridge’s stanzas', () => {
  it('take the place of a plain DHCP stanza', () => {
    expect(derive(INSTALLED)).toBe(`allow-hotplug br0

iface br0 inet dhcp
${MAKE}    pre-up ifup enp3s0
${ENSLAVE}    post-down ip link delete dev br0

iface enp3s0 inet manual
${MAKE}${ENSLAVE}`)
  })

  it('take along everything about the network, and leave the card its own settings', () => {
    const text = derive(`auto lo enp3s0
iface enp3s0 inet static
    address 10.77.0.50/24
    gateway 10.77.0.1
    dns-nameservers 10.77.0.1
    mtu 9000
    ethernet-wol g
    pre-up ethtool -K $IFACE gro off
    up ip route add 10.8.0.0/16 via 10.77.0.7 dev enp3s0
    down echo gone
    description enp3s0 to the LAN
iface enp3s0 inet6 static
    address fd77::5/64
    post-up ip -6 route add fd78::/64 via fe80::1%enp3s0 dev enp3s0
    post-down logger $IFACE
`)
    expect(text).toBe(`auto br0

iface br0 inet static
${MAKE}    pre-up ifup enp3s0
${ENSLAVE}    address 10.77.0.50/24
    gateway 10.77.0.1
    dns-nameservers 10.77.0.1
    mtu 9000
    up ip route add 10.8.0.0/16 via 10.77.0.7 dev br0
    down echo gone
    description enp3s0 to the LAN

iface br0 inet6 static
    address fd77::5/64
    post-up ip -6 route add fd78::/64 via fe80::1%br0 dev br0
    post-down logger $IFACE
    post-down ip link delete dev br0

iface enp3s0 inet manual
${MAKE}${ENSLAVE}    mtu 9000
    ethernet-wol g
    pre-up ethtool -K $IFACE gro off
`)
  })

  it('repeat marks that stood within a stanza, for both', () => {
    expect(derive('iface enp3s0 inet dhcp\n auto\n no-auto-down\n')).toMatch(
      /^auto br0\nno-auto-down br0\nauto enp3s0\nno-auto-down enp3s0\n\n/,
    )
  })

  it('hold for a pattern that covers the NIC', () => {
    expect(derive('auto /en*\niface enp3s0 inet dhcp\n')).toMatch(/^auto br0\n\niface/)
  })

  it('make the bridge with the MAC that the card is going to get', () => {
    const text = derive('iface enp3s0 inet dhcp\n hwaddress ether 02:00:00:00:00:09\n')
    expect(text).toContain('ip link add name br0 address 02:00:00:00:00:09 type bridge')
    expect(text).toMatch(/iface enp3s0 inet manual[^]* hwaddress ether 02:00:00:00:00:09/)
    expect(text.match(/hwaddress/g)).toHaveLength(1)
  })

  it.each([
    ['bond0', ' bond-slaves enp3s0 enp4s0\n bond-mode 802.3ad\n'],
    ['office', ' vlan-raw-device enp3s0\n vlan-id 5\n'],
    ['enp3s0.5', ' mtu 1496\n'],
    ['lan', ' pre-up ip link add link enp3s0 name lan type vlan id 5\n'],
  ])('wait for %s to be made, whose making stays with it', (nic, making) => {
    const text = bridgeStanzas(
      someConfig(`auto ${nic}\niface ${nic} inet dhcp\n metric 7\n${making}`),
      nic,
      'br0',
    )
    const [bridge = '', port = ''] = text.split(/\n(?=iface )/).slice(1)
    const make = `[ -e /sys/class/net/br0 ] || ip link add name br0 address "$(cat /sys/class/net/${nic}/address)"`
    expect(bridge).toContain(`    pre-up ifup ${nic}\n    pre-up ${make}`)
    expect(bridge).toContain('metric 7\n')
    expect(port).toContain(`iface ${nic} inet manual\n    up ${make}`)
    expect(port).toContain(`    up ip link set dev ${nic} master br0\n`)
    expect(port).toContain(making.replace(/^ /gm, '    '))
    expect(bridge.includes('vlan') || bridge.includes('bond-')).toBe(false)
  })

  it('give a MAC that is made up anew to the bridge', () => {
    expect(derive('iface enp3s0 inet dhcp\n hwaddress random\n')).toMatch(
      /iface br0[^]* hwaddress random[^]*iface enp3s0/,
    )
  })
})

describe('a link in a command', () => {
  it.each([
    ['ip route add 10.8.0.0/16 dev enp3s0', 'ip route add 10.8.0.0/16 dev br0'],
    ['iptables -A INPUT -i enp3s0 -j DROP;true', 'iptables -A INPUT -i br0 -j DROP;true'],
    ['ip addr add 10.0.0.1/8 dev "enp3s0" label enp3s0:1', 'ip addr add 10.0.0.1/8 dev "br0" label br0:1'],
    ['sysctl -w net.ipv4.conf.enp3s0.rp_filter=0', 'sysctl -w net.ipv4.conf.br0.rp_filter=0'],
    ['echo 2 > /proc/sys/net/ipv6/conf/enp3s0/accept_ra', 'echo 2 > /proc/sys/net/ipv6/conf/br0/accept_ra'],
    ['script --interface=enp3s0', 'script --interface=br0'],
    ['ip -6 route add default via fe80::1%enp3s0', 'ip -6 route add default via fe80::1%br0'],
  ])('moves in %j', (before, after) => {
    expect(withDevice(before, 'enp3s0', 'br0')).toBe(after)
    expect(namesOtherwise(before, 'enp3s0')).toBe(false)
  })

  it.each([
    'iptables-restore < /etc/iptables/enp3s0.rules',
    '/etc/net/enp3s0',
    'ip link set enp3s0.10 up',
    'x -ienp3s0',
    'wg set wg-enp3s0 peer',
  ])('does not move in %j, which is told', (text) => {
    expect(withDevice(text, 'enp3s0', 'br0')).toBe(text)
    expect(namesOtherwise(text, 'enp3s0')).toBe(true)
  })

  it('is told from another one', () => {
    expect(namesLink('dev enp3s01', 'enp3s0')).toBe(false)
    expect(namesLink('dev wenp3s0', 'enp3s0')).toBe(false)
    expect(namesLink('dev enp3s0.10', 'enp3s0')).toBe(true)
    expect(withDevice('dev enp3s01 enp3s0', 'enp3s0', '$&')).toBe('dev enp3s01 $&')
  })
})

describe('a command is about', () => {
  it.each([
    ['/sbin/ethtool -s enp3s0 wol g', 'card'],
    ['[ -x /sbin/ethtool ] && ethtool -K $IFACE gro off || true', 'card'],
    ['if [ -e /x ]; then ip link set dev "$IFACE" txqueuelen 5000; fi', 'card'],
    ['echo f > /sys/class/net/enp3s0/queues/rx-0/rps_cpus', 'card'],
    ['ifconfig enp3s0 promisc', 'card'],
    ['tc qdisc add dev enp3s0 root fq_codel', 'card'],
    ['ifconfig enp3s0 10.0.0.1 netmask 255.0.0.0', 'link'],
    ['ip -4 addr add 10.0.0.1/8 dev enp3s0', 'link'],
    ['ip link set dev wg0 up', 'link'],
    ['[ -e /sys/class/net/enp3s0/carrier ] && ip route add 10.0.0.0/8 dev enp3s0', 'link'],
    ['iptables -t nat -A POSTROUTING -o enp3s0 -j MASQUERADE', 'link'],
    ['ethtool -K enp3s0 gro off; ip route add 10.0.0.0/8 dev enp3s0', 'both'],
    ['/sbin/dhclient -6 enp3s0', 'client'],
    ['ifup enp3s0.10', 'client'],
  ] as const)('%j: the %s', (command, subject) => {
    expect(subjectOf(command, 'enp3s0')).toBe(subject)
  })
})
