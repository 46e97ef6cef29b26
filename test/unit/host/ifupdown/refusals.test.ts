import { describe, expect, it } from 'vitest'
import { parseIfstate } from '../../../../electron/host/managers/ifupdown/files'
import { ifupdownRefusal } from '../../../../electron/host/managers/ifupdown/refusals'
import { INSTALLED, someFacts } from './texts'
import { english } from '../../../../shared/phrases/english'

const why = (text: string, changes = {}): string | undefined => {
  const refusal = ifupdownRefusal(someFacts(text, changes), 'enp3s0', 'br0')
  return refusal === null ? undefined : english(refusal.message)
}

const dhcp = 'auto enp3s0\niface enp3s0 inet dhcp\n'

describe('ifupdown’s configuration can be moved', () => {
  it.each([
    INSTALLED,
    `${dhcp}iface enp3s0 inet6 auto\n`,
    `${dhcp}iface virbr7 inet static\n bridge_ports none\n`,
    `${dhcp} up ip route add 10.8.0.0/16 via 10.77.0.7 dev enp3s0\n up ethtool -K enp3s0 gro off\n`,
    `${dhcp}iface lo inet loopback\n up iptables-restore < /etc/rules\n`,
    `auto /en*\niface enp3s0 inet static\n address 10.0.0.1/24\n`,
    `${dhcp}iface vlan5 inet dhcp\n vlan-raw-device enp3s0\n`,
    `${dhcp}iface enp3s0.5 inet static\n address 10.0.0.1/24\n up ip route add 10.8.0.0/16 dev enp3s0.5\n`,
  ])('%j', (text) => {
    expect(why(text)).toBeUndefined()
  })
})

it('a bond or a VLAN can be the port, with all that makes it', () => {
  const bond = `auto bond0\niface bond0 inet dhcp\n bond-slaves enp3s0 enp4s0\n bond-mode active-backup\n`
  const ports = `iface enp3s0 inet manual\n bond-master bond0\n`
  expect(ifupdownRefusal(someFacts(ports + bond), 'bond0', 'br0')).toBeNull()
  const vlan = `auto lan\niface lan inet dhcp\n vlan-raw-device enp3s0\n vlan-id 5\n`
  expect(ifupdownRefusal(someFacts(vlan), 'lan', 'br0')).toBeNull()
  expect(why(ports + bond)).toMatch(/part of a bond/)
})

describe('it is refused for', () => {
  it.each([
    [
      'a file that is not readable',
      dhcp,
      { obstacles: ['/etc/network/interfaces.d/x can’t be read'] },
      /can’t be read/,
    ],
    ['a wrong line', `${dhcp}iface x\n`, {}, /does not understand .*, line 3.*enp3s0.*: iface x/],
    ['a NIC without a stanza', 'auto enp3s0\n', {}, /no stanza/],
    ['another stanza', dhcp, { up: [{ link: 'enp3s0', stanza: 'home' }] }, /by the stanza “home”/],
    ['a stanza for a pattern', `auto /en*=lan\n${dhcp}`, {}, /by the stanza “\/en\*=lan”/],
    ['a mapping', `mapping en*\n script /x\n${dhcp}`, {}, /mapping/],
    ['a rename', `rename mac/02:*=enp3s0\n${dhcp}`, {}, /renames/],
    ['a choice by MAC', `auto mac/02:*\n${dhcp}`, {}, /only ifupdown can tell/],
    ['a template', `iface t inet dhcp\niface enp3s0 inherits t\n`, {}, /takes its options/],
    ['being a template', `${dhcp}iface t inherits enp3s0\n`, {}, /is a template/],
    ['PPPoE', 'iface enp3s0 inet ppp\n provider dsl\n', {}, /inet ppp/],
    ['a tunnel', `${dhcp}iface enp3s0 inet6 6to4\n`, {}, /inet6 6to4/],
    ['Wi-Fi', `${dhcp} wpa-ssid x\n`, {}, /“wpa-ssid”.*Wi-Fi/],
    ['a part of a bond', `${dhcp} bond-master bond0\n`, {}, /bond/],
    ['a bridge', `${dhcp} bridge_ports enp4s0\n`, {}, /makes it a bridge/],
    [
      'a VLAN whose lines are about the card',
      `${dhcp}iface enp3s0.5 inet dhcp\n up iptables -o enp3s0\n`,
      {},
      /enp3s0\.5 .* uses/,
    ],
    ['another DHCP client', dhcp, { dhcpClient: 'udhcpc' }, /by udhcpc/],
    ['no DHCP client', dhcp, { dhcpClient: null }, /by no DHCP client/],
    ['a lease for IPv6', `${dhcp}iface enp3s0 inet6 dhcp\n`, {}, /inet6 dhcp/],
    ['an alias', `${dhcp}iface enp3s0:1 inet static\n address 10.0.0.2/24\n`, {}, /is an alias of/],
    ['a bond over it', `${dhcp}iface bond0 inet manual\n bond-slaves enp3s0 enp4s0\n`, {}, /bond0 .* uses/],
    ['a bridge over everything', `${dhcp}iface br1 inet manual\n bridge_ports all\n`, {}, /br1 .* uses/],
    ['another stanza’s command', `${dhcp}iface wg0 inet manual\n up iptables -o enp3s0\n`, {}, /wg0 .* uses/],
    ['a client of its own', `iface enp3s0 inet manual\n up dhclient enp3s0\n`, {}, /looks after the network/],
    ['a line about two things', `${dhcp} up ethtool -x $IFACE; ip ro add 1/8 dev $IFACE\n`, {}, /at once/],
    [
      'a file named by the NIC',
      `${dhcp} up iptables-restore </etc/enp3s0.rules\n`,
      {},
      /does not understand/,
    ],
    ['a taken name', `${dhcp}iface br0 inet manual\n`, {}, /name br0 is used/],
    ['a name in “auto”', `${dhcp}auto br0\n`, {}, /name br0 is used/],
    ['what an earlier edit left', `${dhcp}#patchbay-br0# auto x\n`, {}, /name br0 is used/],
  ])('%s', (_what, text, changes, message) => {
    expect(why(text, changes)).toMatch(message)
  })
})

it('the state file names links and their stanzas', () => {
  expect(parseIfstate('lo=lo\nenp3s0=home\n\n')).toEqual([
    { link: 'lo', stanza: 'lo' },
    { link: 'enp3s0', stanza: 'home' },
  ])
})
