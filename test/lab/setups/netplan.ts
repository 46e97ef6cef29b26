import { lan } from '../lan'
import { stubResolver } from './networkd'
import type { Setup } from './setup'
import { withUdev } from './udev'

const ethernet = `  ethernets:
    ${lan.nic}:
      dhcp4: true
`

/** An Ubuntu server as its installer leaves it. */
export const netplanNetworkd: Setup = {
  manager: 'networkd',
  resolved: true,
  files: {
    '/etc/netplan/00-installer-config.yaml': `# This is the network config written by 'subiquity'
network:
  version: 2
  renderer: networkd
${ethernet}`,
  },
  links: stubResolver,
  addresses: [],
}

export const netplanUdev: Setup = withUdev(netplanNetworkd)

/** An Ubuntu desktop: NetworkManager, which leaves name servers to systemd-resolved. */
export const netplanNm: Setup = {
  manager: 'networkManager',
  resolved: true,
  files: {
    '/etc/netplan/01-network-manager-all.yaml': `# Let NetworkManager manage all devices on this system
network:
  version: 2
  renderer: NetworkManager
${ethernet}`,
    '/etc/NetworkManager/NetworkManager.conf': `[main]
plugins=keyfile

[connectivity]
enabled=false
`,
  },
  links: stubResolver,
  addresses: [],
}
