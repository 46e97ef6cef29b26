import type { AdditionOf } from '../../../shared/helper/host-addition'
import { PatchbayError } from '../../../shared/failure'
import { readAdditions } from '../../host/records/additions'
import { runCommand } from '../../system/command'
import { type IpLink, readAddresses, readLinks, readRoutes } from '../../system/ip-json'
import type { AdditionKind } from './kind'
import { findLink, linkNamed } from './links'
import { writeSetting } from './settings'
import { type Text, say } from '../../../shared/phrases/phrase'

type Access = AdditionOf<'host-access'>

const ip = (...args: string[]): Promise<string> => runCommand('ip', args)

/**
 * A macvlan link of the host's own, which the kernel lets talk to the macvtaps on the same card. It has the card's address, so
 * that nothing but the way to these machines changes, and answers ARP only where the way back leads through it.
 */
export const hostAccess: AdditionKind<Access> = {
  lasting: false,
  async check({ link, machines }) {
    refuseUnfit(await linkNamed(link))
    const address = await addressOf(link)
    const own = (await readAddresses()).flatMap(({ addr_info }) => addr_info.map(({ local }) => local))
    for (const machine of machines) {
      if (own.includes(machine)) throw refused(say('computer-own-address', { machine }))
    }
    for (const { addition: other } of await readAdditions()) {
      const twice = other.kind === 'host-access' && other.machines.find((one) => machines.includes(one))
      if (typeof twice === 'string') throw refused(say('computer-already-access', { twice }))
    }
    await refuseRouted(machines)
    return { link: await freeName(), address }
  },
  async apply(added) {
    const { addition, before } = added
    const { link: name = '' } = before
    const address = await addressOf(addition.link)
    await makeLink(addition, name)
    // The card's address may have changed since.
    const there = (await readAddresses()).find(({ ifname }) => ifname === name)?.addr_info ?? []
    for (const { local } of there) {
      if (local !== undefined && local !== address) await ip('address', 'del', `${local}/32`, 'dev', name)
    }
    if (!there.some(({ local }) => local === address)) {
      await ip('address', 'add', `${address}/32`, 'dev', name, 'noprefixroute')
    }
    for (const machine of addition.machines) {
      await ip('route', 'replace', `${machine}/32`, 'dev', name, 'src', address, 'scope', 'link')
    }
  },
  /** Its address and its routes go with it. */
  async revert({ addition, before: { link: name = '' } }) {
    if (isOwn(await findLink(name), addition)) await ip('link', 'delete', 'dev', name)
  },
  async inForce(added) {
    const name = added.before.link ?? ''
    if (!isOwn(await findLink(name), added.addition)) return false
    const routes = (await readRoutes(4)).filter(({ dev }) => dev === name).map(({ dst }) => dst)
    return added.addition.machines.every((machine) => routes.includes(machine))
  },
}

async function makeLink(addition: Access, name: string): Promise<void> {
  const found = await findLink(name)
  if (found === null) {
    await ip('link', 'add', 'link', addition.link, 'name', name, 'type', 'macvlan', 'mode', 'bridge')
  } else if (!isOwn(found, addition)) throw refused(say('somebody-else-made-link-meanwhile', { name }))
  // No router gets to know it.
  await writeSetting(`ipv6/conf/${name}/disable_ipv6`, '1')
  // Answers only where the way back leads through the link (kernel: ip-sysctl.rst, `arp_filter`).
  await writeSetting(`ipv4/conf/${name}/arp_filter`, '1')
  await ip('link', 'set', 'dev', name, 'up')
}

/** The link that it has made, and not one that somebody has given that name since. */
const isOwn = (found: IpLink | null, { link }: Access): boolean =>
  found !== null && found.linkinfo?.info_kind === 'macvlan' && found.link === link

function refuseUnfit({ ifname, master, linkinfo }: IpLink): void {
  if (master !== undefined) {
    throw refused(say('port-where-no-macvtap-can', { ifname, master }))
  }
  if (linkinfo?.info_kind === 'bridge' || linkinfo?.info_kind === 'macvlan') {
    throw refused(say('no-network-card-4', { ifname }))
  }
}

/** @throws PatchbayError `refused` when the card has no address that the host could speak from */
async function addressOf(link: string): Promise<string> {
  const found = (await readAddresses()).find(({ ifname }) => ifname === link)?.addr_info ?? []
  const address = found.find(({ family, scope }) => family === 'inet' && scope === 'global')?.local
  if (address !== undefined) return address
  throw refused(say('no-ipv4-address-computer-could', { link }))
}

/** A route of its own to one of them is somebody else's. */
async function refuseRouted(machines: readonly string[]): Promise<void> {
  const taken = (await readRoutes(4)).find(({ dst }) => machines.includes(dst))
  if (taken !== undefined)
    throw refused(say('route-to-already', { dst: taken.dst, dev: taken.dev ?? 'none' }))
}

async function freeName(): Promise<string> {
  const names = new Set((await readLinks()).map(({ ifname }) => ifname))
  let number = 0
  while (names.has(`pbacc${number}`)) number++
  return `pbacc${number}`
}

const refused = (message: Text): PatchbayError => new PatchbayError({ code: 'refused', message })
