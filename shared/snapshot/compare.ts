import { diffLines } from './line-diff'
import { LEFT_OUT } from './secrets'
import type {
  Difference,
  FileState,
  Hunk,
  NetworkPicture,
  OpenFile,
  OpenFiles,
  SnapshotComparison,
  SnapshotDigest,
} from './snapshot'

/** What is compared: a snapshot's digest, or the host as it is now. */
export type Picture = Pick<SnapshotDigest, 'files' | 'network'>

/** Everything that differs between two pictures, in a fixed order. Pure. */
export function compareSnapshots(before: Picture, now: Picture): Difference[] {
  return [...compareFiles(before.files, now.files), ...compareNetworks(before.network, now.network)]
}

function compareFiles(before: OpenFiles, now: OpenFiles): Difference[] {
  // A folder that can't be looked into on one side says nothing about its files.
  const closed = [...before.closed, ...now.closed].map((folder) => `${folder}/`)
  const seen = (files: readonly OpenFile[]): Item<OpenFile>[] =>
    files
      .filter(({ path }) => !closed.some((folder) => path.startsWith(folder)))
      .map((file) => ({ key: file.path, value: file, same: matterOf(file) }))
  return pairs(seen(before.files), seen(now.files)).map(([path, old, fresh]) => ({
    ...{ kind: 'file', path, before: stateOf(old), now: stateOf(fresh) },
    hunks: hunksOf(old, fresh),
  }))
}

/** Everything about a file that makes a difference. */
function matterOf(file: OpenFile): unknown {
  if (file.kind === 'link') return file
  const { mode, uid, gid, size, modified, content } = file
  const rights = [mode, uid, gid]
  if (content.kind === 'hash') return [rights, content.sha256]
  // A text that is all there needs no time; else only size and time tell. What lies below /run is made anew at each start.
  const timed = file.path.startsWith('/run/') ? [size] : [size, modified]
  if (content.kind === 'closed') return [rights, timed]
  return [rights, content.text, content.text.includes(LEFT_OUT) ? timed : null]
}

function stateOf(file: OpenFile | null): FileState | null {
  if (file === null) return null
  const { path: _, ...state } = file
  return state
}

function hunksOf(before: OpenFile | null, now: OpenFile | null): Hunk[] | null {
  const [old, fresh] = [textOf(before), textOf(now)]
  return old === null || fresh === null ? null : diffLines(old, fresh)
}

/** Null where there is a text that can't be read; no file has no text. */
function textOf(file: OpenFile | null): string | null {
  if (file === null) return ''
  return file.kind === 'file' && file.content.kind === 'text' ? file.content.text : null
}

function compareNetworks(before: NetworkPicture, now: NetworkPicture): Difference[] {
  return [
    ...pairs(linksOf(before), linksOf(now)).map(([link, old, fresh]): Difference => ({
      kind: 'link',
      link,
      before: old,
      now: fresh,
    })),
    ...pairs(addressesOf(before), addressesOf(now)).map(([address, old, fresh]): Difference => ({
      kind: 'address',
      address,
      before: old,
      now: fresh,
    })),
    ...pairs(routesOf(before), routesOf(now)).map(([, old, fresh]) => routeDifference(old, fresh)),
    ...listDifference('name-servers', before.dns.servers, now.dns.servers),
    ...listDifference('search-domains', before.dns.search, now.dns.search),
  ]
}

const linksOf = ({ links }: NetworkPicture) =>
  links.map(({ name, kind, mac, mtu, master, parent }) => item(name, { kind, mac, mtu, master, parent }))

const addressesOf = ({ links }: NetworkPicture) =>
  links.flatMap(({ name, addresses }) =>
    addresses.map(({ ip, prefix, origin }) => item(`${ip}/${prefix}`, { link: name, origin })),
  )

const routesOf = ({ routes }: NetworkPicture) =>
  routes.map(({ family, to, via, table, link, metric }) =>
    item(JSON.stringify([family, to, via, table]), { family, to, via, table, link, metric }),
  )

type RouteValue = ReturnType<typeof routesOf>[number]['value']

function routeDifference(before: RouteValue | null, now: RouteValue | null): Difference {
  const route = before ?? now
  if (route === null) throw new RangeError('a pair has at least one side')
  const { family, to, via, table } = route
  const place = (value: RouteValue | null) => value && { link: value.link, metric: value.metric }
  return { kind: 'route', family, to, via, table, before: place(before), now: place(now) }
}

function listDifference(
  kind: 'name-servers' | 'search-domains',
  before: readonly string[],
  now: readonly string[],
): Difference[] {
  return JSON.stringify(before) === JSON.stringify(now) ? [] : [{ kind, before, now }]
}

interface Item<T> {
  /** What it is called; several may be called the same. */
  key: string
  value: T
  /** Two items with the same are the same. */
  same: unknown
}

const item = <T>(key: string, value: T): Item<T> => ({ key, value, same: value })

/** Those of each key that are on one side only, as pairs as far as there are two; sorted by key. */
function pairs<T>(
  before: readonly Item<T>[],
  now: readonly Item<T>[],
): (readonly [key: string, before: T | null, now: T | null])[] {
  const keys = [...new Set([...before, ...now].map(({ key }) => key))].sort()
  return keys.flatMap((key) => {
    const gone = without(before, now, key)
    const come = without(now, before, key)
    const longer = gone.length > come.length ? gone : come
    return longer.map((_, index) => [key, gone[index] ?? null, come[index] ?? null] as const)
  })
}

/** The items of a key that the others lack, in a fixed order. */
function without<T>(items: readonly Item<T>[], others: readonly Item<T>[], key: string): T[] {
  const left = others.filter((other) => other.key === key).map(({ same }) => JSON.stringify(same))
  return items
    .filter((one) => one.key === key)
    .map(({ value, same }) => ({ value, text: JSON.stringify(same) }))
    .filter(({ text }) => {
      const at = left.indexOf(text)
      if (at >= 0) left.splice(at, 1)
      return at < 0
    })
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ value }) => value)
}

/** Files that the change has added where only root may look, so that no difference tells of them. Pure. */
export const hiddenFiles = ({ transaction, result }: SnapshotComparison): string[] =>
  result.kind === 'incomparable' || transaction.state !== 'committed'
    ? []
    : transaction.added.filter((path) => result.closed.some((folder) => path.startsWith(`${folder}/`)))
