import { PatchbayError } from '../../shared/failure'
import type { HostAddition } from '../../shared/helper/host-addition'
import type { AdditionWish } from '../../shared/ipc/additions'
import type { World } from '../../shared/world/world'
import { parseIp } from '../networks/cidr'
import type { OpenedHere } from '../world/open-world'
import { forwardToAddress, parseHostPort, parsePort } from './forward-target'
import type { HostAdditions } from './host-additions'
import { begin } from './operations'
import { say, type Text } from '../../shared/phrases/phrase'

const STEP = say('change-computer-with-password')

/** What a wish comes to. @throws PatchbayError `usage` with the field, `refused` */
export function additionOf(world: Pick<World, 'networks'>, wish: AdditionWish): HostAddition {
  if (wish.kind === 'host-access') {
    return { kind: 'host-access', link: wish.link, machines: [addressIn(wish.machine)] }
  }
  const from = parseHostPort(wish.port)
  const machinePort = wish.machinePort.trim() === '' ? from.hostPort : parsePort(wish.machinePort)
  return forwardToAddress(world, from, wish.machine, machinePort)
}

function addressIn(text: string): string {
  const ip = parseIp(text.trim())
  if (ip?.family === 4) return text.trim()
  throw new PatchbayError({
    code: 'usage',
    message: say('no-ipv4-address', { text }),
    hint: say('four-numbers-with-dots-such'),
    field: 'machine',
  })
}

/** What to add: in the words of a form, or as it is. */
export type AddRequest = { wish: AdditionWish } | { addition: HostAddition }

/** Starts adding something; answers with the operation's id. @throws PatchbayError `usage` with the field, `refused` */
export function beginAdd(opened: OpenedHere, additions: HostAdditions, request: AddRequest): string {
  const addition = 'wish' in request ? additionOf(opened.store.current, request.wish) : request.addition
  const subject = { kind: 'addition', act: 'add', addition } as const
  return change(opened, subject, () => additions.add(addition))
}

/** Starts taking one away; answers with the operation's id. @throws PatchbayError `not-found` */
export async function beginRemove(opened: OpenedHere, additions: HostAdditions, id: string): Promise<string> {
  const found = (await additions.list()).find((one) => one.id === id)
  if (found === undefined) {
    throw new PatchbayError({ code: 'not-found', message: say('patchbay-added-nothing-with-id', { id }) })
  }
  const subject = { kind: 'addition', act: 'remove', addition: found.addition } as const
  return change(opened, subject, () => additions.remove(id))
}

function change(
  { store, refreshRecords, refreshHost }: OpenedHere,
  subject: { kind: 'addition'; act: 'add' | 'remove'; addition: HostAddition },
  work: () => Promise<unknown>,
): string {
  const what = textOf(subject.addition)
  const title = subject.act === 'add' ? what : say('no-longer', { what })
  return begin(store, { subject, title, steps: [STEP] }, async (progress) => {
    await progress.during(STEP, async () => {
      await work()
      await Promise.all([refreshRecords(), refreshHost()])
      return null
    })
    return { summary: say('full-stop', { text: title }), result: { kind: 'additions-changed' } }
  })
}

function textOf(addition: HostAddition): Text {
  switch (addition.kind) {
    case 'port-forward': {
      const { protocol, hostPort, machine, machinePort } = addition
      return say('port-computer-leads', { protocol, hostPort, machine, machinePort })
    }
    case 'host-access':
      return say('computer-reach-each-other', { machines: addition.machines.join(', ') })
    default:
      return say('the-addition', { kind: addition.kind })
  }
}
