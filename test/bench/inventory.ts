import { connectLibvirt } from '../../electron/libvirt/libvirt'
import type { Lab } from '../lab/index'

/** A large workstation, all of it stopped but libvirt's own `default`. */
export const MACHINES = 1000
export const NETWORKS = 200

export const uriOf = (lab: Lab): string => `qemu+unix:///system?socket=${lab.libvirtSocket}`

/** Defines machines and networks that libvirt has not yet. */
export async function defineInventory(lab: Lab): Promise<void> {
  const libvirt = await connectLibvirt(uriOf(lab))
  const machines = Array.from({ length: MACHINES }, (_, i) =>
    libvirt.call('domainDefineXmlFlags', { xml: machineXml(`machine${i}`), flags: 0 }),
  )
  const networks = Array.from({ length: NETWORKS }, (_, i) =>
    libvirt.call('networkDefineXml', { xml: networkXml(i) }),
  )
  await Promise.all([...machines, ...networks])
  await libvirt.close()
}

export const machineXml = (name: string, more = ''): string => `
<domain type='qemu'><name>${name}</name>${more}<memory unit='MiB'>128</memory><vcpu>1</vcpu>
<os><type arch='x86_64'>hvm</type></os><features><acpi/></features>
<devices>
  <disk type='file' device='disk'><source file='/var/lib/none/${name}.qcow2'/><target dev='vda' bus='virtio'/></disk>
  <interface type='network'><source network='default'/><model type='virtio'/></interface>
  <interface type='bridge'><source bridge='br0'/><model type='virtio'/></interface>
  <serial type='pty'/><console type='pty'/>
</devices></domain>`

/** As many kinds as there are, in turns. */
function networkXml(i: number): string {
  const forward =
    ['<forward mode="nat"/>', '', '<forward mode="route"/>', '<forward mode="open"/>'][i % 4] ?? ''
  return `<network><name>network${i}</name>${forward}
<ip address='10.${100 + (i % 2)}.${i}.1' netmask='255.255.255.0'><dhcp>
<range start='10.${100 + (i % 2)}.${i}.2' end='10.${100 + (i % 2)}.${i}.254'/></dhcp></ip></network>`
}
