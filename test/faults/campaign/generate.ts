import { type SetupName, setupOf } from '../../lab/setups'
import {
  BOUNDARIES,
  type Fault,
  type Kind,
  KINDS,
  type Moment,
  type Operation,
  OPERATIONS,
  STEPS,
} from './fault'
import { type Random, randomOf, shuffled } from './random'

/** Moments at random for each setup, kind and operation, beside the steps' own boundaries. */
const RANDOM_MOMENTS = 15

/**
 * Every fault for `setups`: each kind, in each operation, at each boundary of a step and at random moments. In an order
 * drawn from `seed`, of which any beginning is balanced over setups, kinds and operations.
 */
export function allFaults(
  seed: number,
  setups: readonly SetupName[],
  kinds: readonly Kind[] = KINDS,
): Fault[] {
  const random = randomOf(seed)
  const cells = diagonal(shuffled(setups, random), shuffled(kinds, random))
    .filter(([setup, kind]) => applies(kind, setup))
    .map(([setup, kind], index) => faultsOfCell(setup, kind, OPERATIONS[index % 2] ?? 'create', random))
  const rounds = Math.max(0, ...cells.map(({ length }) => length))
  return Array.from({ length: rounds }, (_, round) =>
    cells.flatMap((cell) => cell.slice(round, round + 1)),
  ).flat()
}

/**
 * Nothing runs that could be killed where addresses are set once at boot; and a script of the user's own that is run again
 * sets its addresses on the card, whatever carries them now.
 */
function applies(kind: Kind, setup: SetupName): boolean {
  const isScript = setupOf(setup).manager === 'script'
  if (kind === 'manager-killed') return !isScript && setup !== 'ifupdown-static'
  return kind !== 'manager-restarted' || !isScript
}

/** All pairs, in an order of which any beginning has about as many of each element. */
function diagonal<A, B>(first: readonly A[], second: readonly B[]): [A, B][] {
  const pairs: [A, B][] = []
  const turn = leastCommonMultiple(first.length, second.length)
  for (let index = 0; index < first.length * second.length; index++) {
    const a = first[index % first.length]
    const b = second[(index + Math.floor(index / turn)) % second.length]
    if (a !== undefined && b !== undefined) pairs.push([a, b])
  }
  return pairs
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a
  while (multiple % b !== 0) multiple += a
  return multiple
}

/** The faults of one kind in one setup; the operations take turns, beginning with `first`. */
function faultsOfCell(setup: SetupName, kind: Kind, first: Operation, random: Random): Fault[] {
  const moments = {
    create: shuffled(momentsOf('create', random), random),
    undo: shuffled(momentsOf('undo', random), random),
  }
  const order: readonly Operation[] = first === 'create' ? ['create', 'undo'] : ['undo', 'create']
  const longest = Math.max(moments.create.length, moments.undo.length)
  return Array.from({ length: longest }, (_, index) =>
    order.flatMap((operation) =>
      moments[operation].slice(index, index + 1).map((moment) => ({ setup, operation, kind, moment })),
    ),
  ).flat()
}

function momentsOf(operation: Operation, random: Random): Moment[] {
  const boundaries = STEPS[operation].flatMap((step) =>
    BOUNDARIES.map((state): Moment => ({ step, state, percent: 0 })),
  )
  const between = Array.from({ length: RANDOM_MOMENTS }, (): Moment => ({
    step: 'apply',
    state: 'running',
    percent: 1 + Math.floor(random() * 99),
  }))
  return [...boundaries, ...between]
}
