import { z } from 'zod'
import { PatchbayError } from '../../../shared/failure'
import type { Link } from '../../../shared/world/host'
import { runCommand } from '../../system/command'
import { type IpLink, readLinks } from '../../system/ip-json'
import { takenBy } from '../../host/bridge/refusals-around'
import { type Namespace, ownNamespace, readNamespaces } from './namespaces'

/** Kinds of links that take the frames of the link below them. */
const TAKERS = ['macvlan', 'macvtap', 'ipvlan', 'ipvtap', 'macsec']

/** More than a workstation has; a look at one takes some milliseconds. */
const MOST_NAMESPACES = 500

/**
 * Throws a `PatchbayError` `refused` when a link in another network namespace, as that of a container, takes the frames of `nic`:
 * the kernel would let no bridge have it. From here nobody sees such a link, so each namespace is looked into. Needs
 * root, and changes nothing.
 */
export async function refuseTakenElsewhere(nic: Link): Promise<void> {
  const own = await ownNamespace()
  const others = [...(await readNamespaces())].filter(([id]) => id !== own).slice(0, MOST_NAMESPACES)
  for (const [, namespace] of others) {
    // One that ends while it is looked into has nothing any more.
    const taker = await takerIn(namespace, nic.index, own).catch(() => null)
    if (taker === null) continue
    throw new PatchbayError(
      takenBy(
        nic.name,
        `${taker.ifname} (${taker.linkinfo?.info_kind ?? ''}) in ${namespace.name}`,
        `Stop what uses it there, or remove it (${namespace.ip} link delete ${taker.ifname}), and try again; or keep using it.`,
      ),
    )
  }
}

async function takerIn(namespace: Namespace, index: number, own: string): Promise<IpLink | null> {
  const found = takersOf(await readLinks(namespace.path), index)
  if (found.length === 0) return null
  const number = namespaceNumber(await readNumbers(namespace), own)
  return found.find(({ link_netnsid: id }) => id !== undefined && id === number) ?? null
}

/** Those links of another namespace that take the frames of a link with this index, in whatever namespace that may be. Pure. */
export const takersOf = (links: readonly IpLink[], index: number): IpLink[] =>
  links.filter(
    ({ link_index: below, linkinfo }) => below === index && TAKERS.includes(linkinfo?.info_kind ?? ''),
  )

const numbers = z.object({
  namespaces: z.array(z.looseObject({ ns: z.coerce.number(), netnsid: z.coerce.string() })),
})

/** The number that a namespace has given another one, by what `lsns` prints in it; null when it has given none. Pure. */
export function namespaceNumber(printed: string, id: string): number | null {
  const { namespaces } = numbers.parse(JSON.parse(printed))
  const found = namespaces.find(({ ns }) => id === `net:[${ns}]`)?.netnsid ?? ''
  return /^\d+$/.test(found) ? Number(found) : null
}

/** As a list, where `lsns` would else put namespaces into one another. */
const readNumbers = ({ path }: Namespace): Promise<string> =>
  runCommand('nsenter', [`--net=${path}`, 'lsns', '--json', '--list', '--type', 'net', '-o', 'NS,NETNSID'])
