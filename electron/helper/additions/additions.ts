import { type AddRequest, type HelperEvent, type RemoveRequest } from '../../../shared/helper/protocol'
import { type HostAddition, isSameAddition } from '../../../shared/helper/host-addition'
import { type Failure, PatchbayError, toFailure, together } from '../../../shared/failure'
import { readAdditions } from '../../host/records/additions'
import type { Channel } from '../protocol/channel'
import { newTransactionId } from '../store/journal'
import { prepareNets } from '../safety-nets/nets'
import type { Added } from './kind'
import { kindOf } from './kinds'
import { forget, forgetUnfinished, publish, readAll, recordBegin, unpublish } from './records'
import { armRestore, disarmRestore } from '../safety-nets/restore-units'
import { english } from '../../../shared/phrases/english'
import { say } from '../../../shared/phrases/phrase'

const inForce = async (): Promise<HelperEvent> => ({ event: 'additions', additions: await readAdditions() })

/** Makes an addition; one that counts already is made again, in case that somebody has taken it away. */
export async function add({ addition }: AddRequest, channel: Channel): Promise<HelperEvent> {
  await settle()
  const recorded = await readAll()
  const same = recorded.find((one) => isSameAddition(one.addition, addition))
  const id = same?.id ?? newTransactionId(recorded.at(-1)?.id)
  channel.emit({ event: 'ready', transaction: id, steps: ['apply'] })
  if (same !== undefined) {
    await armRestore()
    await kindOf(addition).apply(same)
    return inForce()
  }
  const before = await kindOf(addition).check(addition, id)
  await prepareNets()
  await make({ id, addition, before }, channel)
  return inForce()
}

async function make(one: Added<HostAddition>, channel: Channel): Promise<void> {
  channel.abandoned.throwIfAborted()
  await recordBegin(one)
  try {
    await armRestore()
    await kindOf(one.addition).apply(one)
    if (!(await kindOf(one.addition).inForce(one))) throw hasNoEffect(one.addition)
    channel.abandoned.throwIfAborted()
    await publish({ id: one.id, addition: one.addition, addedAt: Date.now() })
  } catch (error) {
    await takeBack(one)
    await disarmUnlessNeeded()
    const { message, ...cause } = toFailure(error)
    throw new PatchbayError({
      ...cause,
      code: 'rolled-back',
      message: say('sentences', { all: [say('was-taken-back'), message] }),
    })
  }
}

const hasNoEffect = ({ kind }: HostAddition): PatchbayError =>
  new PatchbayError({
    code: 'internal',
    message: say('addition-made-but-not-afterwards', { kind }),
    hint: say('something-else-on-computer-sets'),
  })

/** Takes an addition away again, from whatever state it is in. */
export async function remove({ addition: id }: RemoveRequest, channel: Channel): Promise<HelperEvent> {
  const one = (await readAll()).find((found) => found.id === id)
  if (one === undefined) {
    throw new PatchbayError({
      code: 'not-found',
      message: say('patchbay-added-nothing-with-id-to-computer', { id }),
    })
  }
  channel.emit({ event: 'ready', transaction: id, steps: ['apply'] })
  await takeBack(one)
  await settle()
  await disarmUnlessNeeded()
  return inForce()
}

/** Makes those again that a restart, or libvirt, has taken away. One that can't be made keeps no other from it. */
export async function restore(): Promise<HelperEvent> {
  await settle()
  const failures: Failure[] = []
  for (const one of await readAll()) {
    const kind = kindOf(one.addition)
    if (kind.lasting) continue
    await kind.apply(one).catch((error: unknown) => failures.push(toFailure(error)))
  }
  await disarmUnlessNeeded()
  const [first, ...more] = failures
  return first === undefined ? inForce() : { event: 'failed', failure: together([first, ...more]) }
}

/** Takes back what a dead helper has left half made or half removed. */
export async function settle(): Promise<void> {
  await forgetUnfinished()
  const counted = new Set((await readAdditions()).map(({ id }) => id))
  for (const one of await readAll()) if (!counted.has(one.id)) await takeBack(one)
}

async function takeBack(one: Added<HostAddition>): Promise<void> {
  await unpublish(one.id)
  try {
    await kindOf(one.addition).revert(one)
  } catch (error) {
    const { message, detail = english(message) } = toFailure(error)
    throw new PatchbayError({
      code: 'rollback-failed',
      message: say('addition-could-not-taken-away', { kind: one.addition.kind, message }),
      hint: say('tried-again-with-next'),
      detail,
    })
  }
  await forget(one.id)
}

async function disarmUnlessNeeded(): Promise<void> {
  if ((await readAll()).length === 0) await disarmRestore()
}
