import { PatchbayError } from '../../../shared/failure'
import { linkName } from '../../../shared/helper/protocol'
import type { BridgePlan } from '../../../shared/helper/plan'
import type { Services } from '../../services/services'
import { armedTimeOf, timeoutOption } from '../armed-time'
import { textOf, type Command, type Input, type Option } from '../command'
import { followChange } from '../follow-change'
import { essentialsOf, planText } from '../plan-text'
import { moveToOf, moveToOption } from '../move-to'
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
    const services = await io.open({ look: { libvirt: false, records: false }, follow: false })
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
    timeout: timeoutOption,
  },
  summary: 'make the bridge that puts machines on the LAN',
  details: [
    'The network is checked after the change. When something is wrong, when this command is interrupted or killed, or when\nthe power fails, the host goes back to what it was by itself.',
  ],
  run: async (input, io) => {
    const confirm = confirmOf(textOf(input, 'confirm'))
    const armed = armedTimeOf(input)
    const services = await io.open({ look: { libvirt: false } })
    const plan = await makePlan(services, input)
    for (const line of essentialsOf(plan)) io.say(line)
    const { nic, bridge, hostHash } = plan
    const id = services.createBridge({
      nic,
      bridge,
      hostHash,
      confirm: confirm ?? (plan.remote ? 'ask' : 'auto'),
      ...armed,
    })
    return followChange(services, id, io)
  },
}

const bridgeUndo: Command = {
  words: ['bridge', 'undo'],
  positionals: [],
  options: {
    name: { value: 'NAME', help: 'the bridge (default: the one made last)' },
    'move-to': moveToOption,
    timeout: timeoutOption,
  },
  summary: 'remove a bridge that “bridge create” made; the network is as before it',
  details: [
    'While a running machine is on it that is refused. With --move-to those machines, and those that would start on it, are\nplugged into something else first; when the bridge is not undone after all, they go back.',
  ],
  run: async (input, io) => {
    const moveTo = moveToOf(input)
    const name = linkNameOf(textOf(input, 'name'))
    const armed = armedTimeOf(input)
    const services = await io.open({})
    // libvirt is asked so that no running machine loses its bridge; a host without libvirt has none.
    await settled(services)
    const newest = services.changes().find(({ state }) => state === 'committed')
    const id = services.undoBridge({ bridge: name ?? newest?.intent.bridge ?? 'br0', moveTo, ...armed })
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

function confirmOf(text: string | undefined): 'auto' | 'ask' | undefined {
  if (text === undefined || text === 'auto' || text === 'ask') return text
  throw usage(`“${text}” is no way to confirm.`, 'Use --confirm auto or --confirm ask.')
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
