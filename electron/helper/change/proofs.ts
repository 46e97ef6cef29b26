import type { z } from 'zod'
import type { proof } from '../../../shared/helper/protocol'
import type { Link, Route } from '../../../shared/world/host'
import type { HostFacts } from '../../host/facts'
import { ownershipOf } from '../../host/ownership/ownership'
import { ownServers } from '../../host/ownership/own-servers'
import { defaultRoutes } from '../../host/routes'
import type { Change, Expectation } from './change'

export type Proof = z.infer<typeof proof>

const check = (name: string, ok: boolean, detail: string): Proof => ({ name, ok, detail })

/**
 * What must be there again, read off the NIC before the change: what is its manager's, and where nobody manages it, what makes
 * it reach the LAN and the world. The rest is carried along, and is nothing to fail by: whoever has set it may take it
 * away at any time. `gateways`: those that answer. Pure.
 */
export function expectationOf(facts: HostFacts, nic: string, gateways: readonly string[]): Expectation {
  const link = facts.host.links.find(({ name }) => name === nic)
  const own = ownershipOf(facts, nic)
  const isUnmanaged = facts.managers[nic] === 'none'
  const isWanted = (route: Route): boolean =>
    own.route(route) || (isUnmanaged && route.to === 'default' && route.table === 'main')
  return {
    addresses: (link?.addresses ?? []).filter(
      (address) => address.origin !== 'link-local' && (isUnmanaged || own.address(address)),
    ),
    routes: facts.host.routes
      .filter((route) => route.link === nic && route.protocol !== 'kernel' && isWanted(route))
      .map(({ family, to, via, table }) => ({ family, to, via, table })),
    dns: ownServers(facts, nic).map(withoutZone),
    gateways,
  }
}

/** A link-local server is named with its link, which changes: `fe80::1%enp3s0` becomes `fe80::1%br0`. */
const withoutZone = (server: string): string => server.replace(/%.*$/, '')

/** The gateways of a link's default routes. */
export function gatewaysOf(facts: HostFacts, link: string): string[] {
  const routes = defaultRoutes(facts.host.routes).filter((route) => route.link === link)
  return [...new Set(routes.flatMap(({ via }) => (via === null ? [] : [via])))]
}

/** Whether the bridge is made as it should be, and carries everything the NIC had. Pure. */
export function bridgeProofs(
  facts: HostFacts,
  { nic, bridge, mac }: Pick<Change, 'nic' | 'bridge' | 'mac'>,
  expected: Expectation,
): Proof[] {
  const link = facts.host.links.find(({ name }) => name === bridge)
  const about = facts.bridges.find(({ name }) => name === bridge)
  const port = about?.ports.find(({ name }) => name === nic)
  const stp = about?.stp === true
  return [
    check('bridge', link?.up === true && link.carrier, runs(bridge, link)),
    check('port', port?.forwarding === true, forwards(nic, port)),
    check('spanning tree', !stp, stp ? 'on: the port stays dead for half a minute' : 'off'),
    check('MAC address', link?.mac === mac, link?.mac ?? 'none'),
    ...networkChecks(facts, link, expected),
  ]
}

function runs(bridge: string, link: Link | undefined): string {
  if (!link?.up) return `${bridge} is not up`
  return link.carrier ? `${bridge} is up` : `${bridge} has no carrier`
}

function forwards(nic: string, port: { forwarding: boolean } | undefined): string {
  if (!port) return `${nic} is not its port`
  return port.forwarding ? `${nic} is its port` : `${nic} is its port, and does not forward`
}

/** Whether the NIC is as it was before. Pure. */
export function restoredProofs(
  facts: HostFacts,
  { nic, bridge }: Pick<Change, 'nic' | 'bridge'>,
  expected: Expectation,
): Proof[] {
  const link = facts.host.links.find(({ name }) => name === nic)
  const leftover = facts.host.links.some(({ name }) => name === bridge)
  return [
    check('bridge', !leftover, leftover ? `${bridge} is still there` : `${bridge} is gone`),
    check('port', link?.master === null, link?.master ? `${nic} is a port of ${link.master}` : 'of nothing'),
    ...networkChecks(facts, link, expected),
  ]
}

function networkChecks(facts: HostFacts, link: Link | undefined, expected: Expectation): Proof[] {
  const missing = expected.addresses.filter((wanted) => !isMet(wanted, link))
  const routes = facts.host.routes.filter((route) => route.link === link?.name)
  const lost = expected.routes.filter(
    (wanted) =>
      !routes.some(
        (route) =>
          route.family === wanted.family &&
          route.to === wanted.to &&
          (wanted.table === null || route.table === wanted.table) &&
          isSameHop(route, wanted),
      ),
  )
  const present = facts.host.dns.servers.map(withoutZone)
  const servers = expected.dns.filter((server) => !present.includes(server))
  return [
    check(
      'addresses',
      missing.length === 0,
      missing.length === 0 ? addressesOf(link) : `${listed(missing.map(({ ip }) => ip))} missing`,
    ),
    check(
      'routes',
      lost.length === 0,
      lost.length === 0 ? 'all there' : `${listed(lost.map(({ to }) => to))} missing`,
    ),
    check(
      'name servers',
      servers.length === 0,
      servers.length === 0 ? listed(expected.dns) || 'none' : `${listed(servers)} missing`,
    ),
  ]
}

/** A fixed address must be the same; for a leased one any lease of the same family will do. */
function isMet(wanted: Expectation['addresses'][number], link: Link | undefined): boolean {
  return (link?.addresses ?? []).some(
    ({ family, ip, prefix, origin }) =>
      family === wanted.family &&
      ((ip === wanted.ip && prefix === wanted.prefix) ||
        (wanted.origin === 'dynamic' && origin === 'dynamic')),
  )
}

/** IPv6 routers may be several; a default route through any of them is one. */
function isSameHop(
  route: { to: string; family: 4 | 6; via: string | null },
  wanted: { via: string | null },
): boolean {
  return route.via === wanted.via || (route.to === 'default' && route.via !== null)
}

const addressesOf = (link: Link | undefined): string =>
  listed(
    (link?.addresses ?? [])
      .filter(({ origin }) => origin !== 'link-local')
      .map(({ ip, prefix }) => `${ip}/${prefix}`),
  )

const listed = (items: readonly string[]): string => items.join(', ')
