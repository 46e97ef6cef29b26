import type { Failure } from '../../shared/failure'
import { hasField, type NetworkField } from '../../shared/world/network-fields'
import type { NetworkChange, NetworkWish, NewKind } from '../../shared/world/network-wish'
import { rangesOf, type LibvirtNetwork, type MacvtapMode, type Subnet } from '../../shared/world/world'

/** A new network as it is typed; an empty text leaves the choice to Patchbay. */
export interface NetworkForm {
  name: string
  kind: NewKind
  subnet: string
  dhcp: string
  ipv6: string
  domain: string
  mtu: string
  bridge: string
  links: string
  mode: MacvtapMode
  dns: boolean
  isolatedPorts: boolean
  start: boolean
  autostart: boolean
}

export const newForm = (name: string): NetworkForm => ({
  ...{ name, kind: 'nat', subnet: '', dhcp: '', ipv6: '', domain: '', mtu: '', bridge: '', links: '' },
  ...{ mode: 'bridge', dns: true, isolatedPorts: false, start: true, autostart: true },
})

/** The first of `lab`, `lab2`, … that no network has. */
export function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'lab' : `lab${number}`
    if (!taken.includes(name)) return name
  }
}

/** What was typed, of what the kind has. */
export function wishOf(form: NetworkForm): NetworkWish {
  const { kind, name, start, autostart } = form
  const said = (field: NetworkField & keyof NetworkForm): string | null => {
    const text = form[field]
    return hasField(field, kind) && typeof text === 'string' && text.trim() !== '' ? text.trim() : null
  }
  const links = said('links')
  return {
    ...{ name: name.trim(), kind, start, autostart },
    ...{ subnet: said('subnet'), dhcp: said('dhcp'), ipv6: said('ipv6'), domain: said('domain') },
    ...{ mtu: said('mtu'), bridge: said('bridge') },
    links: links === null ? [] : links.split(/[\s,]+/),
    mode: hasField('mode', kind) ? form.mode : null,
    dns: form.dns || !hasField('dns', kind),
    isolatedPorts: form.isolatedPorts && hasField('isolatedPorts', kind),
  }
}

/** The failure where it belongs: at its field when that is shown, else for the whole form. */
export const failureAt = (failure: Failure | null, field: string): Failure | null =>
  failure?.field === field ? failure : null

/** What of a network can be changed, as text; `off` and an empty text both stand for nothing. */
export interface ChangeForm {
  subnet: string
  dhcp: string
  ipv6: string
  domain: string
  mtu: string
  isolatedPorts: boolean
}

/** All of its subnets and ranges: what is left out of a field would be taken for what goes. */
export function changeForm({ subnets, domain, mtu, isolatedPorts }: LibvirtNetwork): ChangeForm {
  const all = (family: 4 | 6): readonly Subnet[] => subnets.filter((subnet) => subnet.family === family)
  const of = (family: 4 | 6): string =>
    all(family)
      .map(({ address, prefix }) => `${address}/${prefix}`)
      .join(', ')
  const ranges = all(4).flatMap(rangesOf)
  return {
    subnet: of(4),
    dhcp: ranges.map(({ start, end }) => `${start}-${end}`).join(', '),
    ipv6: of(6),
    domain: domain ?? '',
    mtu: mtu === null ? '' : String(mtu),
    isolatedPorts,
  }
}

/** What is typed otherwise than it is; null when nothing is. */
export function changeOf(network: LibvirtNetwork, form: ChangeForm): NetworkChange | null {
  const before = changeForm(network)
  const text = (field: Exclude<keyof ChangeForm, 'isolatedPorts'>): string | null => {
    const now = form[field].trim()
    if (now === before[field]) return null
    return now === '' ? 'off' : now
  }
  const isolatedPorts = form.isolatedPorts === before.isolatedPorts ? null : form.isolatedPorts
  const address = {
    ...{ subnet: text('subnet'), dhcp: text('dhcp'), ipv6: text('ipv6') },
    ...{ domain: text('domain'), mtu: text('mtu') },
  }
  const isSame = isolatedPorts === null && Object.values(address).every((one) => one === null)
  return isSame ? null : { kind: 'settings', network: network.name, ...address, isolatedPorts }
}
