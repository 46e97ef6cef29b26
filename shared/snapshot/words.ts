import type { Messages } from '../messages'
import type { Difference, FileState, RoutePlace } from './snapshot'

type Words = Pick<Messages, 'snapshots' | 'host'>
type Of<K extends Difference['kind']> = Extract<Difference, { kind: K }>

/** One difference in one line: what it is now, and what it was. Pure. */
export function differenceText(difference: Difference, words: Words): string {
  switch (difference.kind) {
    case 'file':
      return fileText(difference, words)
    case 'link':
      return linkText(difference, words)
    case 'address':
      return addressText(difference, words)
    case 'route':
      return routeText(difference, words)
    case 'name-servers':
      return listText(words.snapshots.nameServers, difference, words)
    case 'search-domains':
      return listText(words.snapshots.searchDomains, difference, words)
  }
}

function fileText({ path, before, now, hunks }: Of<'file'>, { snapshots: say }: Words): string {
  const named = (state: FileState): string =>
    state.kind === 'link' ? `${path} (${say.symbolicLink(state.target)})` : path
  if (before === null) return now === null ? path : say.isNew(named(now))
  if (now === null) return say.isGone(named(before))
  const parts = [say.hasChanged(named(now))]
  if (before.kind === 'file' && now.kind === 'file') {
    if (before.mode !== now.mode) parts.push(say.mode(octal(before.mode), octal(now.mode)))
    const [old, fresh] = [before, now].map(({ uid, gid }) => `${uid}:${gid}`)
    if (old !== undefined && fresh !== undefined && old !== fresh) parts.push(say.owner(old, fresh))
    if (now.content.kind === 'closed') parts.push(say.textHidden)
    else if (hunks === null) parts.push(say.textUncompared)
    else if (hunks.length === 0 && parts.length === 1) parts.push(say.passwordHidden)
  }
  return parts.join('; ')
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')

function linkText({ link, before, now }: Of<'link'>, { snapshots: say, host }: Words): string {
  if (now === null) return say.isGone(link)
  const kind = host.linkKinds[now.kind].toLowerCase()
  if (before === null) {
    const master = now.master === null ? '' : `, ${host.portOf(now.master)}`
    return say.isNew(`${link} (${kind}${master})`)
  }
  const others = (['parent', 'mac', 'mtu'] as const).flatMap((name) =>
    before[name] === now[name]
      ? []
      : [
          `${link}: ${say.wasOtherwise(say[name], String(now[name] ?? say.nothing), String(before[name] ?? say.nothing))}`,
        ],
  )
  return [...masterTexts(link, before.master, now.master, say), ...others].join('; ') || say.hasChanged(link)
}

function masterTexts(
  link: string,
  before: string | null,
  now: string | null,
  say: Words['snapshots'],
): string[] {
  if (before === now) return []
  if (before === null) return now === null ? [] : [say.portNow(link, now)]
  return [now === null ? say.portNoMore(link, before) : say.otherPort(link, now, before)]
}

function addressText({ address, before, now }: Of<'address'>, { snapshots: say, host }: Words): string {
  const full = ({ link, origin }: { link: string; origin: keyof typeof host.origins }): string =>
    say.address(address, link, host.origins[origin])
  if (before === null) return now === null ? address : say.isNew(full(now))
  if (now === null) return say.isGone(full(before))
  if (before.link !== now.link) return say.moved(address, before.link, now.link)
  return say.wasOtherwise(
    say.onLink(address, now.link),
    host.origins[now.origin],
    host.origins[before.origin],
  )
}

function routeText({ to, via, table, before, now }: Of<'route'>, { snapshots: say }: Words): string {
  const name = to === 'default' ? say.defaultRoute : say.routeTo(to)
  const path = via === null ? name : say.route(name, via)
  const what = table === 'main' ? path : `${path} (${say.table(table)})`
  const full = ({ link }: RoutePlace): string => say.onLink(what, link)
  if (before === null) return now === null ? what : upper(say.isNew(full(now)))
  if (now === null) return upper(say.isGone(full(before)))
  if (before.link !== now.link) return upper(say.moved(what, before.link, now.link))
  const metric = ({ metric: value }: RoutePlace): string =>
    value === null ? say.nothing : `${say.metric} ${value}`
  return upper(say.wasOtherwise(full(now), metric(now), metric(before)))
}

function listText(
  name: string,
  { before, now }: Pick<Extract<Difference, { kind: 'name-servers' | 'search-domains' }>, 'before' | 'now'>,
  { snapshots: say }: Words,
): string {
  const [old, fresh] = [before, now].map((values) => values.join(', ') || say.nothing)
  return upper(say.wasOtherwise(name, fresh ?? '', old ?? ''))
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
