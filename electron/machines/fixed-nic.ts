import { say, type Text } from '../../shared/phrases/phrase'
/**
 * Why a NIC of a type that Patchbay shows but does not switch stays where it is, as the end of a sentence. libvirt changes
 * none of them while the machine runs (src/qemu/qemu_hotplug.c, qemuDomainChangeNet), and none can be named as a place
 * to plug it back into.
 */
export function whyFixed(type: string | null): Text {
  switch (type) {
    case 'user':
      return say('packets-leave-through-process-machine')
    case 'hostdev':
      return say('guest-drives-device-with-driver')
    case 'vhostuser':
    case 'vdpa':
      return say('packets-pass-host-kernel')
    case 'ethernet':
      return say('whoever-made-interface-decides-where')
    case 'internal':
    case 'mcast':
    case 'udp':
    case 'client':
    case 'server':
      return say('leads-to-other-machines-directly')
    case 'vds':
      return say('vmware-plugs-in-host')
    case 'null':
      return say('meant-to-lead-nowhere')
    case 'network':
    case 'bridge':
    case 'direct':
      return say('definition-does-not-say-where')
    default:
      return say('patchbay-does-not-know-type')
  }
}
