/**
 * Why a NIC of a type that Patchbay shows but does not switch stays where it is, as the end of a sentence. libvirt changes
 * none of them while the machine runs (src/qemu/qemu_hotplug.c, qemuDomainChangeNet), and none can be named as a place
 * to plug it back into.
 */
export function whyFixed(type: string | null): string {
  switch (type) {
    case 'user':
      return 'its packets leave through a process of the machine’s own, without a network or bridge of the host'
    case 'hostdev':
      return 'the guest drives that device with a driver of its own'
    case 'vhostuser':
    case 'vdpa':
      return 'its packets pass the host’s kernel by, so no bridge can get them'
    case 'ethernet':
      return 'whoever made that interface decides where it leads'
    case 'internal':
    case 'mcast':
    case 'udp':
    case 'client':
    case 'server':
      return 'it leads to other machines directly, and only they know where the other end is'
    case 'vds':
      return 'VMware plugs it in, and the host has no part in it'
    case 'null':
      return 'it is meant to lead nowhere'
    case 'network':
    case 'bridge':
    case 'direct':
      return 'its definition does not say where it is plugged in'
    default:
      return 'Patchbay does not know this type'
  }
}
