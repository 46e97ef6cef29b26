import { fileURLToPath } from 'node:url'
import { cacheFolder } from './cache'
import { lan } from './lan'

/** The checkout this file belongs to. */
export const projectFolder = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')

/** The user's own profile of a workstation that gets its address by DHCP, as NetworkManager would write it. */
export const dhcpProfile = `[connection]
id=Wired
uuid=6b1f2c1e-6d1c-4f0e-9d53-0f0b3c3a7a01
type=ethernet
interface-name=${lan.nic}

[ethernet]

[ipv4]
method=auto

[ipv6]
addr-gen-mode=default
method=auto
`

/** NetworkManager without anything it would look for on the internet. */
export const networkManagerConf = `[main]
plugins=keyfile
dns=default

[connectivity]
enabled=false
`

/** Machines run as root, without control groups and mount namespaces, which a lab has no need for. */
export const qemuConf = `user = "root"
group = "root"
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
remember_owner = 0
`

/** libvirt's usual NAT network, with a dnsmasq that offers addresses without pinging them for 3 s first. */
export const defaultNetwork = `<network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0'>
  <name>default</name>
  <forward mode='nat'/>
  <bridge name='virbr0' stp='on' delay='0'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp><range start='192.168.122.2' end='192.168.122.254'/></dhcp>
  </ip>
  <dnsmasq:options><dnsmasq:option value='no-ping'/></dnsmasq:options>
</network>
`

/** Folders of this machine that commands in a lab see as they are: the project, the cache, temporary files. */
export const sharedFolders = [projectFolder, cacheFolder, '/tmp']
