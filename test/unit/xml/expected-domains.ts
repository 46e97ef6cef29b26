import type { MachineDefinition, NicDefinition } from '../../../electron/machines/machine-xml'
import type { Attachment, MacvtapMode } from '../../../shared/world/world'

type Pluggable = Exclude<Attachment, { type: 'other' }>

const network = (name: string, portGroup?: string): Pluggable => ({
  type: 'network',
  network: name,
  ...(portGroup !== undefined && { portGroup }),
})
const bridge = (name: string): Pluggable => ({ type: 'bridge', bridge: name })
const direct = (link: string, mode: MacvtapMode): Pluggable => ({ type: 'direct', link, mode })
const at = (place: Pluggable, type: string, parameters: Record<string, string>): Attachment => {
  const part = { name: 'parameters', attributes: parameters, children: [], text: '' }
  return { ...place, virtualPort: { name: 'virtualport', attributes: { type }, children: [part], text: '' } }
}
const other = (description: string): Attachment => ({ type: 'other', description })

const machine = (title: string | null, ...nics: NicDefinition[]): MachineDefinition => ({ title, nics })

const nic = (mac: string, attachment: Attachment, more: Partial<NicDefinition> = {}): NicDefinition => ({
  mac,
  attachment,
  model: null,
  alias: null,
  tap: null,
  linkUp: true,
  ...more,
})

/** What the model says of a machine, by the name of the sample. */
export const EXPECTED_DOMAINS: Readonly<Record<string, MachineDefinition>> = {
  // Every type of interface, saved and running.
  'bridge-named-as-on-another-hypervisor': machine(
    null,
    nic('00:50:56:02:00:04', bridge('VM Network (2nd floor)')),
  ),
  'bridge-of-open-vswitch': machine(
    null,
    nic(
      '52:54:00:02:00:02',
      at(bridge('ovsbr0'), 'openvswitch', { interfaceid: 'd3b1f1ce-7d0d-4b7e-a6d5-1e0a5f0c7a11' }),
      { model: 'virtio' },
    ),
  ),
  'bridge-saved': machine(null, nic('52:54:00:02:00:01', bridge('br0'), { model: 'rtl8139' })),
  'bridge-with-everything': machine(
    null,
    nic('52:54:00:02:00:03', bridge('br0'), {
      model: 'virtio',
      alias: 'ua-front',
      tap: 'web0',
      isolated: true,
    }),
  ),
  'bridge-without-a-name': machine(null, nic('52:54:00:02:00:05', other('a bridge without a name'))),
  'direct-bridge': machine(null, nic('52:54:00:03:00:01', direct('enp3s0', 'bridge'), { model: 'virtio' })),
  'direct-passthrough': machine(
    null,
    nic('52:54:00:03:00:04', direct('enp3s0', 'passthrough'), { model: 'virtio' }),
  ),
  'direct-private': machine(
    null,
    nic('52:54:00:03:00:03', at(direct('enp3s0', 'private'), '802.1Qbh', { profileid: 'finance' }), {
      model: 'virtio',
    }),
  ),
  'direct-vepa': machine(
    null,
    nic(
      '52:54:00:03:00:02',
      at(direct('enp3s0', 'vepa'), '802.1Qbg', { managerid: '11', typeid: '1193047', typeidversion: '2' }),
      { model: 'virtio' },
    ),
  ),
  'direct-without-a-mode': machine(null, nic('52:54:00:03:00:05', direct('bond0.12', 'vepa'))),
  'ethernet-with-a-script': machine(
    null,
    nic('52:54:00:05:00:01', other('host interface mytap1'), { model: 'virtio', tap: 'mytap1' }),
  ),
  'ethernet-without-a-target': machine(null, nic('52:54:00:05:00:02', other('host interface'))),
  'hostdev-of-pci': machine(
    null,
    nic('52:54:00:06:00:01', other('host device 0001:0a:07.1')),
    nic('52:54:00:06:00:01', bridge('br0'), { model: 'virtio', alias: 'ua-backup' }),
  ),
  'hostdev-of-usb-by-address': machine(null, nic('52:54:00:06:00:02', other('host USB device 1.4'))),
  'hostdev-of-usb-by-product': machine(null, nic('52:54:00:06:00:03', other('host USB device 0bda:8153'))),
  internal: machine(null, nic('52:54:00:07:00:01', other('internal network intnet'))),
  'multicast-group': machine(null, nic('52:54:00:0a:00:05', other('multicast group 230.0.0.1:5558'))),
  'network-running-by-macvtap': machine(
    null,
    nic('52:54:00:01:00:04', network('taps'), { model: 'virtio', alias: 'ua-wan', tap: 'macvtap0' }),
  ),
  'network-running-on-a-host-bridge': machine(
    null,
    nic('52:54:00:01:00:03', network('lan'), { model: 'virtio', alias: 'net0', tap: 'vnet13' }),
  ),
  'network-running-on-a-host-device': machine(
    null,
    nic('52:54:00:01:00:05', other('host device 0000:0a:10.2'), { alias: 'hostdev0' }),
  ),
  'network-running': machine(
    null,
    nic('52:54:00:01:00:02', network('default'), { model: 'virtio', alias: 'net0', tap: 'vnet12' }),
  ),
  'network-saved': machine(null, nic('52:54:00:01:00:01', network('default'), { model: 'virtio' })),
  'network-with-a-port-group': machine(
    null,
    nic('52:54:00:01:00:06', network('ovs', 'web'), { model: 'e1000e' }),
  ),
  'network-with-virtual-port-and-vlan-trunk': machine(
    null,
    nic(
      '52:54:00:01:00:07',
      at(network('ovs'), 'openvswitch', {
        interfaceid: 'c3b1f1ce-7d0d-4b7e-a6d5-1e0a5f0c7a11',
        profileid: 'menial',
      }),
      { model: 'virtio' },
    ),
  ),
  'null-network': machine(null, nic('52:54:00:0b:00:01', other('no network at all'), { model: 'virtio' })),
  'tcp-tunnel-of-two-ends': machine(
    null,
    nic('52:54:00:0a:00:02', other('TCP tunnel at 192.168.0.1:5558')),
    nic('52:54:00:0a:00:03', other('TCP tunnel at 5559')),
    nic('52:54:00:0a:00:04', other('TCP tunnel to 192.168.0.1:5558')),
  ),
  'type-that-nobody-knows-yet': machine(null, nic('52:54:00:0d:00:01', other('entangled'))),
  'udp-tunnel': machine(null, nic('52:54:00:0a:00:01', other('UDP tunnel to 198.51.100.7:11115'))),
  'user-by-passt-with-port-forwards': machine(
    null,
    nic('52:54:00:04:00:02', other('user networking (passt)'), { model: 'virtio' }),
  ),
  'user-by-slirp': machine(null, nic('52:54:00:04:00:01', other('user networking'), { model: 'virtio' })),
  vdpa: machine(null, nic('52:54:00:09:00:01', other('vDPA /dev/vhost-vdpa-0'))),
  'vds-of-vmware': machine(
    null,
    nic('00:50:56:0c:00:01', other('VMware switch 30292a1f-0d0e-4a2b-8c77-d5a6b1c2e3f4'), {
      model: 'vmxnet3',
    }),
  ),
  'vhostuser-client-and-server': machine(
    null,
    nic('52:54:00:08:00:01', other('vhost-user /var/run/vhost1.sock'), { model: 'virtio' }),
    nic('52:54:00:08:00:02', other('vhost-user /var/run/vhost2.sock'), { model: 'virtio' }),
  ),
  // Odd ways to write XML, and what else may be in it.
  bare: machine(null),
  'card-with-foreign-elements': machine(
    null,
    nic('52:54:00:13:00:01', network('a & b "c"'), { alias: 'net3' }),
  ),
  'card-without-a-mac': machine(null, nic('', network('default'))),
  'comments-in-a-card': machine(null, nic('52:54:00:12:00:01', bridge('br0'), { model: 'virtio' })),
  'container-with-bridge': machine(null, nic('00:16:3e:17:00:01', bridge('virbr0'))),
  'mac-in-upper-case-and-link-down': machine(
    null,
    nic('52:54:00:ab:cd:ef', bridge('br0'), { linkUp: false }),
  ),
  'metadata-of-a-cloud': machine(
    null,
    nic('fa:16:3e:11:00:02', bridge('qbr1c2d3e4f-5a'), { model: 'virtio', tap: 'tap1c2d3e4f-5a' }),
  ),
  'metadata-that-looks-like-devices': machine('Shop <live>', nic('52:54:00:11:00:01', bridge('br0'))),
  'no-network-card': machine(null),
  'override-namespace': machine(null, nic('52:54:00:10:00:03', network('default'), { alias: 'ua-over' })),
  'prolog-and-epilog': machine(null, nic('52:54:00:16:00:01', network('default'))),
  'qemu-namespace-and-arguments': machine(null, nic('52:54:00:10:00:01', bridge('br0'), { alias: 'ua-q' })),
  'title-in-many-scripts': machine('Прод 生産 🚀 \u2028🚀', nic('52:54:00:14:00:01', bridge('br-ünï'))),
  'twelve-cards-of-four-kinds': machine(
    null,
    nic('52:54:00:0e:00:00', network('default'), { model: 'virtio' }),
    nic('52:54:00:0e:00:01', bridge('br0'), { model: 'virtio' }),
    nic('52:54:00:0e:00:02', direct('enp3s0', 'bridge'), { model: 'virtio' }),
    nic('52:54:00:0e:00:03', other('user networking'), { model: 'virtio' }),
    nic('52:54:00:0e:00:04', network('default'), { model: 'virtio' }),
    nic('52:54:00:0e:00:05', bridge('br0'), { model: 'virtio' }),
    nic('52:54:00:0e:00:06', direct('enp3s0', 'bridge'), { model: 'virtio' }),
    nic('52:54:00:0e:00:07', other('user networking'), { model: 'virtio' }),
    nic('52:54:00:0e:00:08', network('default'), { model: 'virtio' }),
    nic('52:54:00:0e:00:09', bridge('br0'), { model: 'virtio' }),
    nic('52:54:00:0e:00:0a', direct('enp3s0', 'bridge'), { model: 'virtio' }),
    nic('52:54:00:0e:00:0b', other('user networking'), { model: 'virtio' }),
  ),
  'two-cards-with-one-mac': machine(
    null,
    nic('52:54:00:0f:00:01', network('default')),
    nic('52:54:00:0f:00:01', bridge('br0')),
  ),
  'white-space-in-tags': machine(null, nic('52:54:00:15:00:01', bridge('br0'))),
}
