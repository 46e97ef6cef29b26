import type { Fix } from '../../shared/doctor/doctor'
import type { HostAddition } from '../../shared/helper/host-addition'
import type { NetworkAction } from '../../shared/world/operation'
import { say, type Text } from '../../shared/phrases/phrase'

const SETTLED_AT_BOOT = say('again-after-each-restart-computer')

/** Exactly what a fix does, line by line. Pure. */
export function changesOf(fix: Fix): Text[] {
  switch (fix.kind) {
    case 'addition':
      return changesOfAddition(fix.addition)
    case 'network-actions':
      return fix.actions.map((action) => actionText(action, fix.network))
    case 'network-change': {
      const { change, network, restart } = fix
      return [
        ...(change.kind === 'settings'
          ? [say('network-gets-subnet', { network, subnet: change.subnet ?? '' })]
          : []),
        ...(restart ? [say('network-restarted-machines-plugged', { network })] : []),
      ]
    }
    case 'renew-address':
      return [say('link-goes-down-for-second', { mac: fix.mac })]
  }
}

function actionText(action: NetworkAction, network: string): Text {
  switch (action) {
    case 'start':
      return say('network-started', { network })
    case 'stop':
      return say('network-stopped', { network })
    case 'restart':
      return say('network-restarted', { network })
    case 'autostart-on':
      return say('network-starts-with-computer', { network })
    case 'autostart-off':
      return say('network-no-longer-starts', { network })
  }
}

function changesOfAddition(addition: HostAddition): Text[] {
  switch (addition.kind) {
    case 'accept-forwarding':
      return [say('iptables-ip6tables-last-in-forward', { bridge: addition.bridge }), SETTLED_AT_BOOT]
    case 'accept-services':
      return [say('iptables-ip6tables-first-in-input', { bridge: addition.bridge }), SETTLED_AT_BOOT]
    case 'bridge-past-iptables':
      return [
        'net.bridge.bridge-nf-call-iptables, -ip6tables and -arptables = 0',
        say('same-in-etc-sysctl-d'),
        say('etc-udev-rules-d-90'),
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
      return [say('etc-firewalld-zones-libvirt-xml'), 'firewall-cmd --reload']
    case 'tap-in-bridge':
      return [
        say('networkmanager-leaves-vnet-alone-file'),
        `ip link set dev ${addition.tap} master ${addition.bridge}`,
      ]
    case 'no-stale-bridge':
      return [`ip link delete dev ${addition.bridge} type bridge`]
    case 'libvirt-group':
      return [say('gpasswd-add-user-libvirt')]
    case 'host-access':
      return [
        say('macvlan-link-on-with-address', { link: addition.link, address: addition.link }),
        say('route-through', { machines: addition.machines.join(', ') }),
        SETTLED_AT_BOOT,
      ]
    case 'port-forward':
      return [
        say('port-leads', {
          protocol: addition.protocol,
          hostPort: addition.hostPort,
          machine: addition.machine,
          machinePort: addition.machinePort,
        }),
        SETTLED_AT_BOOT,
      ]
  }
}
