import { PatchbayError } from '../../../shared/failure'
import { ARMED_SECONDS, linkName } from '../../../shared/helper-protocol'
import type { Operation } from '../../../shared/operation'
import type { BridgePlan } from '../../../shared/plan'
import type { Services } from '../../services/services'
import { textOf, type Command, type Input, type Io, type Option } from '../command'
import { essentialsOf, planText } from '../plan-text'
import { followToEnd } from '../progress'
import { settled } from './libvirt'

const nameOption: Option = { value: 'NAME', help: 'name of the bridge (default: br0)' }
const nicOption: Option = { value: 'LINK', help: 'the network card (default: the uplink’s)' }

const bridgePlan: Command = {
  words: ['bridge', 'plan'],
  positionals: [],
  options: { nic: nicOption, name: nameOption },
  summary: 'what “bridge create” would change; needs no root, changes nothing',
  details: [],
  run: async (input, io) => {
    const services = await io.open({ look: { libvirt: false, transactions: false }, follow: false })
    const plan = await makePlan(services, input)
    return { document: { plan }, text: planText(plan) }
  },
}

const bridgeCreate: Command = {
  words: ['bridge', 'create'],
  positionals: [],
  options: {
    nic: nicOption,
    name: nameOption,
    confirm: {
      value: 'auto|ask',
      help: 'keep the change when the network was checked, or ask (default: auto; ask over SSH)',
    },
    timeout: {
      value: 'SECONDS',
      help: `armed time, after which the host goes back by itself (default: ${ARMED_SECONDS.usual})`,
    },
  },
  summary: 'make the bridge that puts machines on the LAN',
  details: [
    'The network is checked after the change. When something is wrong, when this command is interrupted or killed, or when\nthe power fails, the host goes back to what it was by itself.',
  ],
  run: async (input, io) => {
    const confirm = confirmOf(textOf(input, 'confirm'))
    const timeoutSeconds = secondsOf(textOf(input, 'timeout'))
    const services = await io.open({ look: { libvirt: false } })
    const plan = await makePlan(services, input)
    for (const line of essentialsOf(plan)) io.say(line)
    const { nic, bridge, hostHash } = plan
    const id = services.createBridge({
      nic,
      bridge,
      hostHash,
      confirm: confirm ?? (plan.remote ? 'ask' : 'auto'),
      ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    })
    return followChange(services, id, io)
  },
}

const bridgeUndo: Command = {
  words: ['bridge', 'undo'],
  positionals: [],
  options: { name: { value: 'NAME', help: 'the bridge (default: the one made last)' } },
  summary: 'remove a bridge that “bridge create” made; the network is as before it',
  details: [],
  run: async (input, io) => {
    const name = linkNameOf(textOf(input, 'name'))
    const services = await io.open({})
    // libvirt is asked so that no running machine loses its bridge; a host without libvirt has none.
    await settled(services)
    const newest = services.world.current.transactions.find(({ state }) => state === 'committed')
    const id = services.undoBridge({ bridge: name ?? newest?.intent.bridge ?? 'br0' })
    return followChange(services, id, io)
  },
}

export const bridge: readonly Command[] = [bridgePlan, bridgeCreate, bridgeUndo]

/** @throws PatchbayError with the reason when it can't work */
async function makePlan(services: Services, input: Input): Promise<BridgePlan> {
  const outcome = await services.planBridge({
    nic: linkNameOf(textOf(input, 'nic')) ?? null,
    bridge: linkNameOf(textOf(input, 'name')) ?? null,
  })
  if (outcome.kind === 'refused') throw new PatchbayError(outcome.failure)
  return outcome.plan
}

/** Follows a change of the host; Ctrl-C has it rolled back, and "Keep these settings?" is asked when it comes up. */
async function followChange(services: Services, id: string, io: Io) {
  const stopListening = io.onInterrupt(() => {
    io.say('Interrupted: bringing the network back as it was.')
    services.revert({ operation: id })
  })
  const question = new Question(services, io)
  try {
    return await followToEnd(services, id, io, (operation) => question.follow(operation))
  } finally {
    question.close()
    stopListening()
  }
}

/** Asks once, with the seconds that are left, and takes the question back when time is up. */
class Question {
  readonly #services: Services
  readonly #io: Io
  readonly #over = new AbortController()
  #asked = false

  constructor(services: Services, io: Io) {
    this.#services = services
    this.#io = io
  }

  follow({ id, status }: Operation): void {
    if (status.state !== 'confirm' || this.#asked) return
    this.#asked = true
    const seconds = Math.round((status.until - Date.now()) / 1000)
    const question = `Keep these settings? They go back by themselves in ${seconds} seconds. [y/N] `
    void this.#io.ask(question, this.#over.signal).then((answer) => {
      if (this.#over.signal.aborted) return
      if (answer !== null && /^y(es)?$/i.test(answer.trim())) this.#services.keep({ operation: id })
      else this.#services.revert({ operation: id })
    })
  }

  close(): void {
    this.#over.abort()
  }
}

function confirmOf(text: string | undefined): 'auto' | 'ask' | undefined {
  if (text === undefined || text === 'auto' || text === 'ask') return text
  throw usage(`“${text}” is no way to confirm.`, 'Use --confirm auto or --confirm ask.')
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const { least, most } = ARMED_SECONDS
  const seconds = /^\d+$/.test(text) ? Number(text) : NaN
  if (seconds >= least && seconds <= most) return seconds
  throw usage(`“${text}” is no armed time.`, `Use a whole number of seconds from ${least} to ${most}.`)
}

function linkNameOf(text: string | undefined): string | undefined {
  if (text === undefined || linkName.safeParse(text).success) return text
  throw usage(
    `“${text}” can’t be the name of a network card or bridge.`,
    'Use up to 15 letters, digits, dots, dashes and underscores, beginning with a letter.',
  )
}

const usage = (message: string, hint: string): PatchbayError =>
  new PatchbayError({ code: 'usage', message, hint })
