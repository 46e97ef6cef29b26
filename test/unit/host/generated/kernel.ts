import ipaddr from 'ipaddr.js'

/**
 * A small kernel: what it does with the lines of an `ip` batch, as far as links, addresses and routes go. Where kernels differ,
 * it is the strict one: a route needs a gateway within reach, and goes with the address that is its source.
 */
export interface Kernel {
  links: Record<string, ModelLink>
  routes: ModelRoute[]
}

interface ModelLink {
  mac: string
  mtu: number
  up: boolean
  master: string | null
  addresses: ModelAddress[]
}

interface ModelAddress {
  ip: string
  prefix: number
  options: string
}

interface ModelRoute {
  to: string
  link: string
  /** What `ip` was told, without the destination and the link. */
  words: string
  /** Comes with an address. */
  own: boolean
}

/** Runs the lines as `ip -force -batch -` does: one that fails is passed over. Returns those that failed. */
export function run(kernel: Kernel, lines: readonly string[]): string[] {
  return lines.filter((line) => !execute(kernel, line.split(' ')))
}

function execute(kernel: Kernel, [object = '', verb = '', ...words]: readonly string[]): boolean {
  if (object === 'link') return link(kernel, verb, words)
  const at = words.indexOf('dev')
  const device = words[at + 1] ?? ''
  const target = kernel.links[device]
  if (!target) return false
  const [first = '', ...rest] = words.filter((_, index) => index !== at && index !== at + 1)
  if (object === 'address') return address(kernel, device, verb, first, rest)
  if (object === 'route') return route(kernel, device, verb, first, rest)
  return object === 'neigh'
}

function link(kernel: Kernel, verb: string, words: readonly string[]): boolean {
  const after = (word: string): string => words[words.indexOf(word) + 1] ?? ''
  if (verb === 'add') {
    const name = after('name')
    if (kernel.links[name]) return false
    kernel.links[name] = {
      ...{ mac: after('address'), mtu: Number(after('mtu')) },
      ...{ up: false, master: null, addresses: [] },
    }
    return true
  }
  const name = after('dev')
  const target = kernel.links[name]
  if (!target) return false
  if (verb === 'delete') {
    for (const { ip, prefix } of target.addresses) address(kernel, name, 'delete', `${ip}/${prefix}`, [])
    kernel.links = Object.fromEntries(Object.entries(kernel.links).filter(([key]) => key !== name))
    for (const other of Object.values(kernel.links)) if (other.master === name) other.master = null
    kernel.routes = kernel.routes.filter((one) => one.link !== name)
    return true
  }
  if (words.includes('up')) target.up = true
  if (words.includes('nomaster')) target.master = null
  if (words.includes('master')) target.master = after('master')
  return true
}

const isV6 = (text: string): boolean => text.includes(':')

const networkOf = (ip: string, prefix: number): string => {
  const kind = isV6(ip) ? ipaddr.IPv6 : ipaddr.IPv4
  return `${kind.networkAddressFromCIDR(`${ip}/${prefix}`).toString()}/${prefix}`
}

function address(
  kernel: Kernel,
  device: string,
  verb: string,
  cidr: string,
  rest: readonly string[],
): boolean {
  const target = kernel.links[device]
  const [ip = '', prefix = ''] = cidr.split('/')
  if (!target) return false
  const known = target.addresses.find((one) => one.ip === ip && one.prefix === Number(prefix))
  const others = target.addresses.filter((one) => one !== known)
  const to = networkOf(ip, Number(prefix))
  if (verb === 'replace') {
    const options = rest.filter((word) => word !== 'nodad').join(' ')
    target.addresses = [...others, { ip, prefix: Number(prefix), options }]
    const words = isV6(ip) ? 'proto kernel' : `proto kernel src ${ip}`
    const own = { to, link: device, words, own: true }
    const isThere = kernel.routes.some((one) => one.own && one.link === device && one.to === to)
    if (!known && !isThere) kernel.routes.push(own)
    return true
  }
  if (!known) return false
  target.addresses = others
  kernel.routes = kernel.routes.filter(({ to: route, link: on, words, own }) => {
    if (own && on === device && route === to) return isV6(ip) && known.options.includes('valid_lft')
    return own || !` ${words} `.includes(` src ${ip} `)
  })
  return true
}

/** A route is the same one by its destination, table and metric, whatever it leads to. */
const keyOf = ({ to, words }: Pick<ModelRoute, 'to' | 'words'>): string => {
  const [, table = 'main'] = /table (\S+)/.exec(words) ?? []
  const [, metric = isV6(to) ? '1024' : '0'] = /metric (\S+)/.exec(words) ?? []
  return [to, table, metric].join(' ')
}

function route(kernel: Kernel, device: string, verb: string, to: string, rest: readonly string[]): boolean {
  const words = rest.join(' ')
  const found = (one: ModelRoute): boolean =>
    one.to === to && one.link === device && (one.words === words || (one.own && words === ''))
  if (verb === 'delete') {
    const some = kernel.routes.some(found)
    kernel.routes = kernel.routes.filter((one) => !found(one))
    return some
  }
  const via = rest[rest.indexOf('via') + 1]
  if (rest.includes('via') && via !== undefined && !isReachable(kernel, via, device)) return false
  const wanted = { to, link: device, words, own: false }
  kernel.routes = [...kernel.routes.filter((one) => one.own || keyOf(one) !== keyOf(wanted)), wanted]
  return true
}

/** A gateway must be on the link itself: in an address's network, or by a route without a gateway. */
const isReachable = ({ routes }: Kernel, via: string, device: string): boolean =>
  isV6(via) && via.startsWith('fe80:')
    ? true
    : routes.some(({ to, link, words }) => link === device && !words.includes('via') && covers(to, via))

function covers(to: string, ip: string): boolean {
  if (isV6(to) !== isV6(ip)) return false
  const [network = '', prefix] = to.split('/')
  return prefix === undefined ? network === ip : networkOf(ip, Number(prefix)) === to
}

/** What a link has, comparable whatever the order; only what its addresses do not bring by themselves. */
export function holdings(kernel: Kernel, device: string): unknown {
  const { mac, mtu, addresses } = kernel.links[device] ?? { addresses: [] }
  return {
    ...{ mac, mtu },
    addresses: addresses.map(({ ip, prefix, options }) => `${ip}/${prefix} ${options}`).sort(),
    routes: kernel.routes
      .filter(({ link: on }) => on === device)
      .map(({ to, words, own }) => `${to} ${own ? 'own' : words}`)
      .sort(),
  }
}
