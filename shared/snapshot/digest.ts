import { z } from 'zod'
import type { Host, Link } from '../world/host'
import { DIGEST_VERSION, type NetworkPicture, type SnapshotDigest } from './snapshot'

const fileContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('hash'), sha256: z.string() }),
  z.object({ kind: z.literal('closed') }),
])

const openFile = z.discriminatedUnion('kind', [
  z.object({
    path: z.string(),
    kind: z.literal('file'),
    size: z.number(),
    mode: z.number(),
    uid: z.number(),
    gid: z.number(),
    modified: z.string(),
    content: fileContent,
  }),
  z.object({ path: z.string(), kind: z.literal('link'), target: z.string() }),
])

const family = z.union([z.literal(4), z.literal(6)])

const LINK_KINDS = [
  ...['ethernet', 'wifi', 'bridge', 'bond', 'vlan', 'tunnel', 'macvlan', 'macvtap'],
  ...['veth', 'tap', 'ppp', 'loopback', 'other'],
] as const

const network = z.object({
  links: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(LINK_KINDS),
      mac: z.string().nullable(),
      mtu: z.number(),
      master: z.string().nullable(),
      parent: z.string().nullable(),
      addresses: z.array(
        z.object({
          family,
          ip: z.string(),
          prefix: z.number(),
          origin: z.enum(['static', 'dynamic', 'link-local']),
        }),
      ),
    }),
  ),
  routes: z.array(
    z.object({
      family,
      to: z.string(),
      via: z.string().nullable(),
      table: z.string(),
      link: z.string(),
      metric: z.number().nullable(),
    }),
  ),
  dns: z.object({ servers: z.array(z.string()), search: z.array(z.string()) }),
})

/** The digest as it is written; one of another version doesn't fit. */
export const snapshotDigest = z.object({
  version: z.literal(DIGEST_VERSION),
  sources: z.array(z.string()),
  files: z.object({ files: z.array(openFile), closed: z.array(z.string()) }),
  touched: z.array(z.string()),
  network,
}) satisfies z.ZodType<SnapshotDigest>

/** The ends of machines' cables come and go with the machines. */
const MACHINES_OWN: readonly Link['kind'][] = ['tap', 'macvtap', 'loopback']

/** The host's network without what the kernel derives or what changes by itself. Pure. */
export function networkPicture({ links, routes, dns }: Host): NetworkPicture {
  const shown = links.filter(({ kind }) => !MACHINES_OWN.includes(kind))
  const names = new Set(shown.map(({ name }) => name))
  return {
    links: shown
      .map(({ name, kind, mac, mtu, master, parent, addresses }) => ({
        ...{ name, kind, mac, mtu, master, parent },
        addresses: inOrder(addresses.filter(({ origin }) => origin !== 'link-local')),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    routes: inOrder(
      routes
        .filter(
          ({ link, protocol, to }) => names.has(link) && protocol !== 'kernel' && !to.startsWith('fe80:'),
        )
        .map(({ family: version, to, via, table, link, metric }) => ({
          ...{ family: version, to, via, table, link, metric },
        })),
    ),
    dns: { servers: [...dns.servers], search: [...dns.search] },
  }
}

/** A fixed order, whatever the kernel's was. */
const inOrder = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, text: JSON.stringify(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ item }) => item)
