import { randomBytes } from 'node:crypto'
import type { NetworkPreview, NetworkWish } from '../../shared/world/network-wish'
import type { Libvirt } from '../libvirt/libvirt'
import { rangeText } from '../networks/addressing'
import { createNetwork } from '../networks/change'
import { buildNetwork } from '../networks/edit-xml'
import { planNetwork } from '../networks/plan-network'
import type { NetworkSpec } from '../networks/spec'
import type { OpenedWorld } from '../world/open-world'
import { begin } from './operations'
import { say, type Text } from '../../shared/phrases/phrase'

/** 40 random bits, for a private IPv6 subnet. */
export const random40 = (): bigint => BigInt(`0x${randomBytes(5).toString('hex')}`)

/**
 * What a new network would be like; makes nothing.
 * @throws PatchbayError `usage`, `refused`, with the field
 */
export function previewNetwork({ store }: Pick<OpenedWorld, 'store'>, wish: NetworkWish): NetworkPreview {
  const spec = planNetwork(store.current, wish, random40)
  const bridge = spec.kind === 'macvtap' ? null : spec.bridge
  if (spec.kind === 'macvtap' || spec.kind === 'bridged' || spec.kind === 'very-isolated') {
    return { bridge, subnet: null, dhcp: null, ipv6: null }
  }
  const { subnet, ipv6 } = spec
  return {
    bridge,
    subnet: `${subnet.address}/${subnet.prefix}`,
    dhcp: subnet.dhcp === null ? null : `${subnet.dhcp.start}-${subnet.dhcp.end}`,
    ipv6: ipv6 === null ? null : `${ipv6.address}/${ipv6.prefix}`,
  }
}

/**
 * Starts making a network; answers with the id of the operation.
 * @throws PatchbayError `usage`, `refused`, with the field
 */
export function beginCreateNetwork(
  { store, libvirt: source }: OpenedWorld,
  libvirt: Libvirt,
  wish: NetworkWish,
): string {
  const spec = planNetwork(store.current, wish, random40)
  const title = say('create-network', { name: spec.name })
  const subject = { kind: 'network', network: `network:${spec.name}`, action: 'create' } as const
  return begin(store, { subject, title, steps: [title] }, async (progress) => {
    await progress.during(title, async () => {
      const { uuid } = await createNetwork(libvirt, buildNetwork(spec), wish)
      await source.refresh({ networks: [uuid] })
      return describe(spec)
    })
    const [name, what] = [spec.name, describe(spec)]
    return {
      summary: wish.start
        ? say('network-created-and-started', { name, what })
        : say('network-created', { name, what }),
      result: { kind: 'network-changed' },
    }
  })
}

/** What was decided for it, in words. */
function describe(spec: NetworkSpec): Text {
  switch (spec.kind) {
    case 'very-isolated':
      return say('on', { kind: spec.kind, bridge: spec.bridge })
    case 'bridged':
      return say('bridged-by', { bridge: spec.bridge })
    case 'macvtap':
      return say('macvtap-on-mode', { links: spec.links.join(', '), mode: spec.mode })
    case 'nat':
    case 'isolated':
    case 'routed':
    case 'open': {
      const { address, prefix, dhcp } = spec.subnet
      const ipv6 = spec.ipv6 ? `, ${spec.ipv6.address}/${spec.ipv6.prefix}` : ''
      const addresses = `${address}/${prefix}${ipv6}`
      return say('network-with-addresses', {
        ...{ kind: spec.kind, bridge: spec.bridge },
        ...{ addresses, dhcp: rangeText(dhcp) },
      })
    }
  }
}
