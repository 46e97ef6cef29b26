import { gatewayOf, unseen, wayToLan, type Around } from './around'
import { betweenSpots, fromLan, toLan, withHost } from './pairs'
import { spotsOf, type Spot } from './spot'
import { no, unknown, yes, type Reach } from './verdict'
import type { Machine } from '../world/world'

export type { Around } from './around'
export type { Reach, ReachCode, ReachReason } from './verdict'

/** Somebody who sends, or is sent to. */
export type End =
  { type: 'host' } | { type: 'lan' } | { type: 'internet' } | { type: 'machine'; machine: Machine }

/**
 * Whether `from` can open a connection over IPv4 to `to`, with the reason: the table "The networks" of the README for any pair.
 * A machine counts with the best of its NICs, and as one that has the address its network gives it. The firewalls
 * of guests and of the host's administrator are not known here; a probe meets them.
 */
export function reach(from: End, to: End, around: Around): Reach {
  if (from.type === 'machine' && to.type === 'machine') {
    if (from.machine.id === to.machine.id) return yes('itself', from.machine.name)
    return best(pairs(spotsOf(from.machine, around), spotsOf(to.machine, around)), around)
  }
  if (from.type === 'machine') return bestOf(from.machine, around, (spot) => outOf(spot, to.type, around))
  if (to.type === 'machine') return bestOf(to.machine, around, (spot) => into(spot, from.type, around))
  return outside(from.type, to.type, around)
}

type Outer = Exclude<End['type'], 'machine'>

/** From a machine to an end that is none. */
function outOf(spot: Spot, to: End['type'], around: Around): Reach {
  switch (to) {
    case 'host':
      return withHost(spot, around)
    case 'lan':
      return toLan(spot, around)
    default:
      return beyondLan(toLan(spot, around), around)
  }
}

/** To a machine from an end that is none. */
function into(spot: Spot, from: End['type'], around: Around): Reach {
  switch (from) {
    case 'host':
      return withHost(spot, around)
    case 'lan':
      return fromLan(spot, around)
    default: {
      const lan = fromLan(spot, around)
      return lan.answer === 'no' ? lan : unknown('router-decides', gatewayOf(around) ?? '')
    }
  }
}

function outside(from: Outer, to: Outer, around: Around): Reach {
  if (from === to) return yes('itself', from)
  const way = wayToLan(around)
  if (way.answer === 'no') return way
  if (from === 'host') return to === 'internet' ? beyondLan(way, around) : way
  return from === 'lan' && to === 'host' ? way : unknown('router-decides', gatewayOf(around) ?? '')
}

/** Whoever reaches the LAN gets further by its router. */
function beyondLan(lan: Reach, around: Around): Reach {
  if (lan.answer === 'no') return lan
  const elsewhere = unseen(around)
  if (elsewhere !== null) return elsewhere
  return gatewayOf(around) === null ? no('no-gateway', around.host.uplink?.link ?? '') : lan
}

const pairs = (from: readonly Spot[], to: readonly Spot[]): [Spot, Spot][] =>
  from.flatMap((one) => to.map((other): [Spot, Spot] => [one, other]))

const best = (all: readonly [Spot, Spot][], around: Around): Reach =>
  bestVerdict(all.map(([one, other]) => betweenSpots(one, other, around)))

const bestOf = (machine: Machine, around: Around, judge: (spot: Spot) => Reach): Reach =>
  bestVerdict(spotsOf(machine, around).map(judge))

/** One NIC that gets through is enough. */
export const bestVerdict = (verdicts: readonly Reach[]): Reach =>
  (['yes', 'unknown'] as const)
    .map((answer) => verdicts.find((verdict) => verdict.answer === answer))
    .find((verdict) => verdict !== undefined) ??
  verdicts[0] ??
  no('no-nic', '')
