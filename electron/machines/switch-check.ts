import { PatchbayError } from '../../shared/failure'
import { sameAttachment, type Attachment } from '../../shared/world'
import type { Libvirt } from '../libvirt/libvirt'
import { findNetwork } from '../libvirt/lookup'
import { at, attribute, childrenOf, parseXml } from '../libvirt/xml'
import { whyFixed } from './fixed-nic'
import type { Pluggable } from './interface-xml'
import type { Side, Sides } from './sides'

/** What a switch has to do, after all that can be known beforehand speaks for it. */
export interface SwitchPlan {
  target: Pluggable
  /** What has to move; nothing, when the NIC is there already. */
  moves: Sides
}

export interface SwitchWish {
  machine: string
  mac: string
  to: Attachment
  live: boolean
}

/** What to do when a running machine can't be switched. */
export const NEXT_START_HINT = 'Switch it for its next start (--no-live), then restart the machine.'

/**
 * Works out which of the two definitions have to change, and refuses what can't work.
 * @throws PatchbayError `not-found`, `refused`, `unsupported` or `usage`.
 */
export function planSwitch(
  { live, saved }: Sides,
  { machine, mac, to, live: wanted }: SwitchWish,
): SwitchPlan {
  if (!live && !saved) {
    throw new PatchbayError({
      code: 'not-found',
      message: `The machine “${machine}” has no network card with the MAC ${mac}.`,
      hint: 'List the network cards with: patchbay machines',
    })
  }
  if (!wanted && !saved) {
    throw new PatchbayError({
      code: 'refused',
      message: `Nothing of this network card of “${machine}” is saved, so nothing can be set for the next start.`,
      hint: 'Switch the running machine instead.',
    })
  }
  const target = pluggable(to)
  const moves = {
    live: wanted ? unlessThere(live, to) : null,
    saved: unlessThere(saved, to),
  }
  if (moves.live?.attachment.type === 'direct') {
    throw unsupported('libvirt cannot move a running machine away from macvtap.', NEXT_START_HINT)
  }
  for (const side of [moves.live, moves.saved]) {
    if (side?.attachment.type === 'other') {
      throw unsupported(
        `This network card uses ${side.attachment.description}, which Patchbay shows but does not switch: ${whyFixed(typeOf(side))}.`,
        'Change it in the machine’s own settings first (virt-manager, virsh edit).',
      )
    }
  }
  return { target, moves }
}

const typeOf = ({ xml }: Side): string | null => attribute(parseXml(xml, 'interface'), 'type')

const unlessThere = (side: Side | null, to: Attachment): Side | null =>
  side && !sameAttachment(side.attachment, to) ? side : null

function pluggable(to: Attachment): Pluggable {
  switch (to.type) {
    case 'network':
    case 'bridge':
      return to
    case 'direct':
      throw unsupported(
        'Patchbay cannot plug machines into macvtap yet.',
        'Use a network or a bridge; a bridge gives the same place in the LAN.',
      )
    case 'other':
      throw new PatchbayError({ code: 'usage', message: `“${to.description}” is nothing to plug into.` })
  }
}

const unsupported = (message: string, hint: string): PatchbayError =>
  new PatchbayError({ code: 'unsupported', message, hint })

/**
 * A network that a machine is plugged into must exist, and run when the machine does.
 * @returns the libvirt network whose DHCP will answer the guest; null when none will.
 * @throws PatchbayError `not-found` or `refused`.
 */
export async function checkTarget(libvirt: Libvirt, { target, moves }: SwitchPlan): Promise<string | null> {
  if (target.type !== 'network') return null
  const net = await findNetwork(libvirt, target.network)
  const [{ active }, { xml }] = await Promise.all([
    libvirt.call('networkIsActive', { net }),
    libvirt.call('networkGetXmlDesc', { net, flags: 0 }),
  ])
  if (moves.live && !active) {
    throw new PatchbayError({
      code: 'refused',
      message: `The network “${net.name}” is not running.`,
      hint: `Start it first: patchbay network start ${net.name}`,
    })
  }
  const network = parseXml(xml, 'network')
  if (moves.live && attribute(at(network, 'forward'), 'mode') === 'hostdev') {
    throw unsupported(
      `The network “${net.name}” gives each machine a device of the host, which libvirt cannot do while the machine runs.`,
      NEXT_START_HINT,
    )
  }
  const subnets = childrenOf(network, 'ip')
  return subnets.some((subnet) => at(subnet, 'dhcp')) ? net.name : null
}
