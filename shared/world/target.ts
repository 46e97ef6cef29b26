import { lanBridgeOf, type AnotherHost, type Link, type ThisHost } from './host'
import { err, ok, type Result } from '../result'
import { MACVTAP_MODES, portGroupOf, type Attachment, type MacvtapMode, type World } from './world'
import type { XmlPart } from './xml-part'
import { say, type Text } from '../phrases/phrase'

/** Where to plug a NIC, in the user's words: `lan`, `nat`, or one attachment. */
export type Target = { kind: 'lan' } | { kind: 'nat' } | { kind: 'attachment'; attachment: Attachment }

const FORMS = 'lan, nat, network:NAME, network:NAME:PORTGROUP, bridge:NAME, macvtap:LINK or macvtap:LINK:MODE'

/** Reads a target as it is written on the command line. */
export function parseTarget(text: string): Result<Target> {
  if (text === 'lan' || text === 'nat') return ok({ kind: text })
  const [scheme, name, part, ...rest] = text.split(':')
  const usage = err({
    code: 'usage',
    message: say('not-place-to-plug-machine', { text }),
    hint: say('use', { forms: FORMS }),
  })
  if (name === undefined || name === '' || part === '' || rest.length > 0) return usage
  const place = (attachment: Attachment): Result<Target> => ok({ kind: 'attachment', attachment })
  switch (scheme) {
    case 'network':
      return place({ type: 'network', network: name, ...(part !== undefined && { portGroup: part }) })
    case 'bridge':
      return part === undefined ? place({ type: 'bridge', bridge: name }) : usage
    case 'macvtap':
      return part === undefined || isMacvtapMode(part)
        ? place({ type: 'direct', link: name, mode: part ?? 'bridge' })
        : usage
    default:
      return usage
  }
}

const isMacvtapMode = (text: string): text is MacvtapMode => MACVTAP_MODES.some((mode) => mode === text)

/**
 * Finds what a target means on the host, or refuses with the way out. Changes nothing. Which links another computer
 * has can't be seen from here: whether there is such a bridge or card, its libvirt has to say.
 */
export function resolveTarget(world: Pick<World, 'host' | 'networks'>, target: Target): Result<Attachment> {
  const { host } = world
  switch (target.kind) {
    case 'lan':
      return host.computer === 'this' ? resolveLan(host) : lanOfAnother(host)
    case 'nat':
      return resolveNat(world)
    case 'attachment':
      return resolveAttachment(world, target.attachment)
  }
}

/** Which of its bridges leads to its LAN, another computer's libvirt does not tell. */
const lanOfAnother = ({ hostname }: AnotherHost): Result<never> =>
  err({
    code: 'refused',
    message: say('bridge-leads-to-lan-cannot', { hostname }),
    hint: say('name-bridge-for-instance-bridge'),
  })

function resolveLan(host: ThisHost): Result<Attachment> {
  const bridge = lanBridgeOf(host)
  if (bridge !== null) return ok({ type: 'bridge', bridge })
  const nic = host.uplink?.nic
  const message = say('no-bridge-to-lan-on-host')
  if (nic === undefined) {
    return err({ code: 'refused', message, hint: say('host-no-uplink-connect') })
  }
  return err({
    code: 'refused',
    message,
    hint: say('make-from-first', { nic }),
    shellHint: say('make-from-with-patchbay-bridge', { nic }),
    remedy: { kind: 'make-bridge' },
  })
}

/** The network named `default` when it is NAT and active, else the first active NAT network. */
function resolveNat(world: Pick<World, 'networks'>): Result<Attachment> {
  const nat = world.networks.filter((network) => network.source === 'libvirt' && network.kind === 'nat')
  const active = nat.filter((network) => network.active)
  const chosen = active.find((network) => network.name === 'default') ?? active[0]
  if (chosen !== undefined) return ok({ type: 'network', network: chosen.name })
  const stopped = nat[0]
  if (stopped !== undefined)
    return notStarted(stopped.name, say('nat-network-not-started', { name: stopped.name }))
  return err({
    code: 'refused',
    message: say('no-nat-network'),
    hint: say('make-first'),
    shellHint: say('make-with-patchbay-network-create'),
  })
}

const notStarted = (
  network: string,
  message: Text = say('network-not-started', { network }),
): Result<never> =>
  err({
    code: 'refused',
    message,
    hint: say('start-first'),
    shellHint: say('start-with-patchbay-network-start', { network }),
    remedy: { kind: 'start-network', network },
  })

function resolveAttachment(
  world: Pick<World, 'host' | 'networks'>,
  attachment: Attachment,
): Result<Attachment> {
  switch (attachment.type) {
    case 'network': {
      const network = world.networks
        .filter((one) => one.source === 'libvirt')
        .find(({ name }) => name === attachment.network)
      if (network === undefined)
        return missing(say('no-network-named', { network: attachment.network }), 'patchbay networks')
      const { portGroup } = attachment
      // libvirt would take it, and plug the machine in without any group (virPortGroupFindByName, network_conf.c).
      if (portGroup !== undefined && portGroupOf(network, portGroup) === undefined) {
        const what = say('network-no-port-group-named', { name: network.name, portGroup })
        return missing(what, `patchbay network show ${network.name}`)
      }
      if (network.active) return ok(attachment)
      return notStarted(network.name)
    }
    case 'bridge': {
      if (world.host.computer === 'another') return ok(attachment)
      const link = world.host.links.find((l) => l.name === attachment.bridge)
      if (link === undefined)
        return missing(say('no-bridge-named', { bridge: attachment.bridge }), 'patchbay networks')
      return resolveBridge(link, attachment)
    }
    case 'direct':
      return world.host.computer === 'another' || world.host.links.some((l) => l.name === attachment.link)
        ? ok(attachment)
        : missing(say('no-network-card-named', { link: attachment.link }), 'patchbay status')
    case 'other':
      return err({
        code: 'usage',
        message: say('can-chosen', { description: attachment.description }),
        hint: say('use', { forms: FORMS }),
      })
  }
}

const OPEN_VSWITCH = 'openvswitch'
/** The link of the kernel's part of Open vSwitch, which is no bridge (lib/dpif-netlink.c). */
const DATAPATH = 'ovs-system'

/**
 * A bridge of Open vSwitch takes a machine by a virtual port only, and a bridge of the kernel takes none. One whose datapath is no
 * kernel's shows as a tap (ovs-vswitchd(8), datapath_type=netdev), so it is known by the port that the machine had there.
 */
function resolveBridge(
  { name, kind }: Link,
  attachment: Extract<Attachment, { type: 'bridge' }>,
): Result<Attachment> {
  const type = attachment.virtualPort?.attributes.type
  if (kind === 'bridge' && type === undefined) return ok(attachment)
  if (kind === 'bridge') {
    return err({
      code: 'refused',
      message: say('bridge-kernel-now-switch', { name, type: type ?? '' }),
      hint: say('choose-network-to-plug'),
      shellHint: say('say-where-to-plug-in-for-instance', { name }),
    })
  }
  if ((kind === 'open-vswitch' && name !== DATAPATH) || type === OPEN_VSWITCH) {
    const port: XmlPart = {
      name: 'virtualport',
      attributes: { type: OPEN_VSWITCH },
      children: [],
      text: '',
    }
    return ok({ virtualPort: port, ...attachment })
  }
  return err({
    code: 'refused',
    message: say('not-bridge', { name }),
    hint: say('choose-bridge'),
    shellHint: say('see-patchbay-networks'),
  })
}

const missing = (message: Text, command: string): Result<never> =>
  err({ code: 'not-found', message, shellHint: say('see-with', { command }) })
