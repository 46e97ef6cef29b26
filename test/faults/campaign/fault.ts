import { type SetupName, setupNames } from '../../lab/setups'

export const OPERATIONS = ['create', 'undo'] as const
export type Operation = (typeof OPERATIONS)[number]

export const KINDS = [
  'kill-helper',
  'kill-app-and-helper',
  'power-loss',
  'cable-pulled',
  'router-silent',
  'dhcp-gone',
  'port-dead',
  'manager-killed',
  'manager-restarted',
  'disk-full',
  'stdin-closed',
  'foreign-change',
  'clock-back',
] as const
export type Kind = (typeof KINDS)[number]

/** The steps of each operation, when nobody is asked. */
export const STEPS = {
  create: ['look', 'snapshot', 'arm', 'apply', 'verify', 'commit'],
  undo: ['look', 'arm', 'apply', 'verify', 'commit'],
} as const satisfies Record<Operation, readonly string[]>
export type Step = (typeof STEPS)[Operation][number]

export const BOUNDARIES = ['running', 'done'] as const

/**
 * When a fault strikes: when the helper says that a step begins or has ended, or later by so many percent of the time that
 * the operation usually takes from applying to its end, which is 0.3 s with one manager and 5 s with another.
 */
export interface Moment {
  step: Step
  state: (typeof BOUNDARIES)[number]
  percent: number
}

export interface Fault {
  setup: SetupName
  operation: Operation
  kind: Kind
  moment: Moment
}

/** `nm-dhcp/create/power-loss/apply-running+43`: all that is needed to have the same fault again. */
export function idOf({ setup, operation, kind, moment }: Fault): string {
  return [setup, operation, kind, `${moment.step}-${moment.state}+${moment.percent}`].join('/')
}

/** The fault of an id. Throws when it makes no sense. */
export function faultOf(id: string): Fault {
  const [setupText, operationText, kindText, momentText = ''] = id.split('/')
  const [, stepText, stateText, percent] = /^(\w+)-(running|done)\+(\d+)$/.exec(momentText) ?? []
  const setup = setupNames.find((name) => name === setupText)
  const operation = OPERATIONS.find((name) => name === operationText)
  const kind = KINDS.find((name) => name === kindText)
  const step = operation && STEPS[operation].find((name) => name === stepText)
  const state = BOUNDARIES.find((name) => name === stateText)
  if (setup && operation && kind && step && state) {
    return { setup, operation, kind, moment: { step, state, percent: Number(percent) } }
  }
  throw new Error(`“${id}” names no fault; one is like nm-dhcp/create/kill-helper/apply-running+60`)
}
