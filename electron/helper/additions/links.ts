import { PatchbayError } from '../../../shared/failure'
import { type IpLink, readLinks } from '../../system/ip-json'
import { say } from '../../../shared/phrases/phrase'

export async function findLink(name: string): Promise<IpLink | null> {
  return (await readLinks()).find((link) => link.ifname === name) ?? null
}

/** @throws PatchbayError `not-found` */
export async function linkNamed(name: string): Promise<IpLink> {
  const link = await findLink(name)
  if (link !== null) return link
  throw new PatchbayError({ code: 'not-found', message: say('computer-no-link', { name }) })
}

/** @throws PatchbayError `not-found`, `refused` */
export async function bridgeNamed(name: string): Promise<IpLink> {
  const link = await linkNamed(name)
  if (link.linkinfo?.info_kind === 'bridge') return link
  throw new PatchbayError({ code: 'refused', message: say('no-bridge', { name }) })
}
