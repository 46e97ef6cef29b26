import { hostname } from 'node:os'
import { anotherHost, type Host } from '../../shared/world/host'
import { isEnded, type Operation } from '../../shared/world/operation'
import type { LibvirtNetwork, Machine, Network, World } from '../../shared/world/world'
import { remoteHost } from '../libvirt/uri'
import { withFound, withLeases, withSeen } from './addresses'
import type { WorldEvent } from './event'
import { bridgesUnder, hostBridgesOf } from './host-bridges'
import { keep, keepItems } from './keep'

/** Ended operations that stay in the World, so that a window opened later still shows what happened. */
export const ENDED_OPERATIONS_KEPT = 100

/** The World before any source has answered. */
export const emptyWorld = (uri: string): World => ({
  libvirt: { state: 'connecting', uri },
  host: hostAt(uri),
  networks: [],
  machines: [],
  operations: [],
  transactions: [],
  additions: [],
})

function hostAt(uri: string): Host {
  const other = remoteHost(uri)
  if (other !== null) return anotherHost(other)
  return {
    computer: 'this',
    hostname: hostname(),
    links: [],
    routes: [],
    dns: { servers: [], search: [] },
    uplink: null,
    manager: 'unknown',
  }
}

/** The World after an event. Parts that say the same stay the same objects, up to the World itself. */
export function reduce(world: World, event: WorldEvent): World {
  if (world.host.computer === 'another' && isOfThisComputer(event)) return world
  const next = apply(world, event)
  const networks = haveSameBridges(world, next) ? world.networks : allNetworks(next)
  const machines =
    next.machines === world.machines && networks === world.networks
      ? world.machines
      : withAddresses(next, networks === world.networks ? world.machines : [])
  const host = keep(world.host, next.host)
  return keep(world, {
    ...next,
    host,
    networks: keepItems(world.networks, networks),
    machines: keepItems(world.machines, machines),
  })
}

/** Whoever tells it: what is said of this computer has no place in the World of another. */
const isOfThisComputer = ({ type }: WorldEvent): boolean =>
  type === 'host' || type === 'transactions' || type === 'additions'

/** This computer's bridges are its own links; another's are known by the machines on them. */
const haveSameBridges = (before: World, after: World): boolean =>
  after.networks === before.networks &&
  after.host === before.host &&
  (after.host.computer === 'this' || after.machines === before.machines)

function allNetworks({ networks, host, machines }: World): readonly Network[] {
  const known = libvirtNetworks(networks)
  const bridges = host.computer === 'this' ? hostBridgesOf(host, known) : bridgesUnder(machines, known)
  return [...known, ...bridges]
}

/** @param done machines that have the leases of these networks already */
function withAddresses({ machines, networks }: World, done: readonly Machine[]): readonly Machine[] {
  const known = libvirtNetworks(networks)
  const skipped = new Set(done)
  return machines.map((machine) => (skipped.has(machine) ? machine : withLeases(machine, known)))
}

/** What the event itself says; host bridges and leased addresses follow from that. */
function apply(world: World, event: WorldEvent): World {
  switch (event.type) {
    case 'libvirt':
      return { ...world, libvirt: event.status }
    case 'inventory': {
      const before = new Map(world.machines.map((machine) => [machine.id, machine]))
      const machines = event.machines.map((machine) => withSeen(machine, before.get(machine.id)))
      return { ...world, machines: byName(machines), networks: byName(event.networks) }
    }
    case 'machine': {
      const before = world.machines.find((machine) => machine.id === event.id)
      const others = world.machines.filter((machine) => machine.id !== event.id)
      if (event.machine === null) return { ...world, machines: others }
      return {
        ...world,
        machines: byName([...others, withSeen(event.machine, before)]),
      }
    }
    case 'network': {
      const others = libvirtNetworks(world.networks).filter((network) => network.uuid !== event.uuid)
      return { ...world, networks: event.network === null ? others : byName([...others, event.network]) }
    }
    case 'leases': {
      const networks = libvirtNetworks(world.networks).map((network) =>
        network.uuid === event.uuid ? { ...network, leases: event.leases } : network,
      )
      return { ...world, networks }
    }
    case 'host':
      return { ...world, host: event.host }
    case 'addresses':
      return { ...world, machines: world.machines.map((machine) => withFound(machine, event.found)) }
    case 'transactions':
      return { ...world, transactions: event.transactions }
    case 'additions':
      return { ...world, additions: event.additions }
    case 'operation':
      return { ...world, operations: withOperation(world.operations, event.operation) }
  }
}

export const libvirtNetworks = (networks: readonly Network[]): LibvirtNetwork[] =>
  networks.filter((network): network is LibvirtNetwork => network.source === 'libvirt')

const order = new Intl.Collator('en', { numeric: true })

const byName = <T extends { name: string; id: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => order.compare(a.name, b.name) || order.compare(a.id, b.id))

/** Newest last; the oldest ended ones go when there are too many. */
function withOperation(operations: readonly Operation[], operation: Operation): readonly Operation[] {
  const known = operations.some((other) => other.id === operation.id)
  const all = known
    ? operations.map((other) => (other.id === operation.id ? operation : other))
    : [...operations, operation]
  const surplus = all.filter(isEnded).length - ENDED_OPERATIONS_KEPT
  const dropped = new Set(surplus > 0 ? all.filter(isEnded).slice(0, surplus) : [])
  return all.filter((other) => !dropped.has(other))
}
