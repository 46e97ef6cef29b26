import type { Fix } from '../../shared/doctor/doctor'
import type { HostAddition } from '../../shared/helper/host-addition'
import type { NetworkAction } from '../../shared/world/operation'

const SETTLED_AT_BOOT = 'again after each restart of this computer, until it is undone'

/** Exactly what a fix does, line by line. Pure. */
export function changesOf(fix: Fix): string[] {
  switch (fix.kind) {
    case 'addition':
      return changesOfAddition(fix.addition)
    case 'network-actions':
      return fix.actions.map((action) => actionText(action, fix.network))
    case 'network-change': {
      const { change, network, restart } = fix
      const what =
        change.kind === 'settings' ? ` the subnet ${change.subnet ?? ''}, with DHCP over all of it` : ''
      return [
        `the network ${network} gets${what}`,
        ...(restart ? [`the network ${network} is restarted, and its machines are plugged in again`] : []),
      ]
    }
    case 'renew-address':
      return [`the link of ${fix.mac} goes down for a second, so that the guest asks for an address`]
  }
}

function actionText(action: NetworkAction, network: string): string {
  switch (action) {
    case 'start':
      return `the network ${network} is started`
    case 'stop':
      return `the network ${network} is stopped`
    case 'restart':
      return `the network ${network} is restarted`
    case 'autostart-on':
      return `the network ${network} starts with this computer from now on`
    case 'autostart-off':
      return `the network ${network} no longer starts with this computer`
  }
}

function changesOfAddition(addition: HostAddition): string[] {
  switch (addition.kind) {
    case 'accept-forwarding':
      return [
        `iptables and ip6tables, last in FORWARD: what ${addition.bridge} forwards is accepted`,
        SETTLED_AT_BOOT,
      ]
    case 'accept-services':
      return [
        `iptables and ip6tables, first in INPUT: DHCP and DNS from ${addition.bridge} are accepted`,
        SETTLED_AT_BOOT,
      ]
    case 'bridge-past-iptables':
      return [
        'net.bridge.bridge-nf-call-iptables, -ip6tables and -arptables = 0',
        'the same in /etc/sysctl.d/90-patchbay-bridge.conf',
        '/etc/udev/rules.d/90-patchbay-bridge.rules sets them when br_netfilter is loaded',
      ]
    case 'bridge-without-stp':
      return [
        `ip link set dev ${addition.bridge} type bridge stp_state 0`,
        `ip link set dev ${addition.bridge} type bridge forward_delay 0`,
        SETTLED_AT_BOOT,
      ]
    case 'keep-router-advertisements':
      return [`net.ipv6.conf.${addition.link}.accept_ra = 2`, SETTLED_AT_BOOT]
    case 'firewalld-zone':
      return ['/etc/firewalld/zones/libvirt.xml is made', 'firewall-cmd --reload']
    case 'tap-in-bridge':
      return [
        'NetworkManager leaves vnet* alone (a file in /etc/NetworkManager/conf.d)',
        `ip link set dev ${addition.tap} master ${addition.bridge}`,
      ]
    case 'no-stale-bridge':
      return [`ip link delete dev ${addition.bridge} type bridge`]
    case 'libvirt-group':
      return ['gpasswd --add USER libvirt, with USER the one who asks']
    case 'host-access':
      return [
        `a macvlan link on ${addition.link} with the address of ${addition.link}`,
        `a route through it to ${addition.machines.join(', ')}`,
        SETTLED_AT_BOOT,
      ]
    case 'port-forward':
      return [
        `${addition.protocol} port ${addition.hostPort} leads to ${addition.machine}:${addition.machinePort}`,
        SETTLED_AT_BOOT,
      ]
  }
}
