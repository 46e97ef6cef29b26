import { lan } from '../lan'
import { plainResolver } from './ifupdown'
import { managers, type Setup } from './setup'

const unit = `[Unit]
Description=The network of this desk
DefaultDependencies=no
After=systemd-sysctl.service
Wants=network.target
Before=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/sbin/ip link set lo up
ExecStart=/sbin/ip link set ${lan.nic} up
ExecStart=/sbin/ip address add ${lan.workstation}/${lan.prefix} dev ${lan.nic}
ExecStart=/sbin/ip route add default via ${lan.router}

[Install]
WantedBy=multi-user.target
`

/** No program is in charge: a unit of the user's own sets the addresses at every boot. */
export const unmanaged: Setup = {
  manager: 'script',
  files: { [`/etc/systemd/system/${managers.script}`]: unit, ...plainResolver },
  addresses: [`${lan.workstation}/${lan.prefix}`],
}
