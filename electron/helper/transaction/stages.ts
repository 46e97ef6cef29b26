import { setTimeout as sleep } from 'node:timers/promises'
import type { HelperEvent } from '../../../shared/helper/protocol'
import { type Failure, PatchbayError, toFailure } from '../../../shared/failure'
import type { HostFacts } from '../../host/facts'
import { lookAtHost } from '../../host/look'
import type { Armed } from '../safety-nets/nets'
import { linkOf, type Side } from '../change/change'
import { carryAlong, notCarried, withAddedSince } from './carry'
import type { Channel } from '../protocol/channel'
import { gatewayAnswers } from '../kernel/gateway'
import { isUnplugged } from '../kernel/carrier'
import { type Matter, sideProofs } from './sides'
import { isWithoutCarrier, withoutCarrier } from '../change/unplugged'
import type { Proof } from '../change/proofs'
import { step } from '../protocol/step'
import { english } from '../../../shared/phrases/english'
import { say, type Text } from '../../../shared/phrases/phrase'

/** How much of the armed time applying and verifying may take; the rest is for rolling back. */
const SHARE_FOR_TRYING = 0.6
/** More patience doesn't help. Milliseconds. */
const LONGEST_TRY_MS = 30_000
/** Kept free at the end of the armed time, so that the helper rolls back rather than the safety net. Milliseconds. */
const LAST_MOMENT_MS = 2_000
/** A rollback may outlast the armed time: it helps where the safety net alone could not. Milliseconds. */
const ROLLBACK_MS = 20_000

/** The times of one armed change, on the clock of `performance.now()`. */
export interface Schedule {
  /** Applying and verifying must be done. */
  tryUntil: number
  /** The user must have confirmed. */
  confirmUntil: number
}

/** Call it right before arming. */
export function scheduleFor(timeoutSeconds: number, now: number = performance.now()): Schedule {
  const armed = timeoutSeconds * 1000
  return {
    tryUntil: now + Math.min(armed * SHARE_FOR_TRYING, LONGEST_TRY_MS),
    confirmUntil: now + armed - LAST_MOMENT_MS,
  }
}

export interface Verification {
  /** Judges the host as it is now. */
  judge: (facts: HostFacts) => Promise<Proof[]>
  /** The link that must reach the gateways, and those that must answer. */
  link: string
  gateways: readonly string[]
}

/**
 * Looks again and again, less and less often, until every check is good or `deadline` has passed. Returns the
 * last checks. Rejects as soon as `signal` aborts.
 */
export async function verify(
  { judge, link, gateways }: Verification,
  deadline: number,
  signal?: AbortSignal,
): Promise<Proof[]> {
  for (let wait = 50; ; wait = Math.min(wait * 2, 1000)) {
    signal?.throwIfAborted()
    const checks = await judge(await lookAtHost())
    const reached = checks.every(({ ok }) => ok) ? await gatewayChecks(link, gateways, signal) : []
    const all = [...checks, ...reached]
    if (all.every(({ ok }) => ok) || performance.now() + wait > deadline) return all
    await sleep(wait, undefined, signal ? { signal } : {})
  }
}

async function gatewayChecks(
  link: string,
  gateways: readonly string[],
  signal?: AbortSignal,
): Promise<Proof[]> {
  return Promise.all(
    gateways.map(async (gateway) => {
      const ok = await gatewayAnswers(link, gateway, signal)
      return { name: 'gateway', ok, detail: ok ? `${gateway} answers` : `${gateway} does not answer` }
    }),
  )
}

/** The verify step: emits the checks; throws a `PatchbayError` that names the first bad one. */
export function verifyStep(channel: Channel, verification: Verification, deadline: number): Promise<void> {
  return step(channel, 'verify', async () => {
    const checks = await verify(verification, deadline, channel.abandoned)
    channel.emit({ event: 'verified', checks })
    const bad = checks.filter(({ ok }) => !ok)
    if (bad.length > 0) throw new PatchbayError({ code: 'rolled-back', message: complaint(bad) })
    return { value: undefined, detail: `${checks.length} checks passed` }
  })
}

export const complaint = (bad: readonly Proof[]): string =>
  bad.map(({ name, detail }) => `${english(name)}: ${english(detail)}`).join('; ')

/** The confirm step: resolves when the user says keep; throws a `PatchbayError` when the time is up. */
export function confirmStep(channel: Channel, { confirmUntil }: Schedule): Promise<void> {
  return step(channel, 'confirm', async () => {
    const left = Math.max(0, confirmUntil - performance.now())
    channel.emit({ event: 'confirm-needed', seconds: Math.floor(left / 1000) })
    await keptWithin(channel, left)
    return { value: undefined, detail: 'confirmed' }
  })
}

function keptWithin(channel: Channel, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new PatchbayError({ code: 'rolled-back', message: say('nobody-confirmed-change-in-time') }))
    }, milliseconds)
    const abandon = (): void => {
      clearTimeout(late)
      reject(toError(channel.abandoned.reason))
    }
    if (channel.abandoned.aborted) abandon()
    else channel.abandoned.addEventListener('abort', abandon, { once: true })
    void channel.keep.then(() => {
      clearTimeout(late)
      channel.abandoned.removeEventListener('abort', abandon)
      resolve()
    })
  })
}

const toError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)))

/**
 * Brings the network back to `side`, the one it came from, and makes sure that it worked. Never throws.
 * Returns the failure to report: `rolled-back` with the cause's message, or `rollback-failed`.
 */
export async function rollBack(
  channel: Channel,
  cause: unknown,
  { armed, side, matter }: { armed: Armed | null; side: Side; matter: Matter },
): Promise<Failure> {
  const why = toFailure(cause)
  const detail = why.detail === undefined ? {} : { detail: why.detail }
  const { backend } = matter
  try {
    const unplugged = await step(channel, 'roll-back', async () => {
      // Whatever keeps the other link from being looked at, the network comes back.
      const change = await withAddedSince(matter.change, side).catch(() => matter.change)
      const deadline = performance.now() + ROLLBACK_MS
      await persistently(deadline, async () => {
        await armed?.rollBack()
        await backend.recover(side, change, deadline)
        await backend.keep(side, change)
      })
      await carryAlong(side, change)
      const judge = async (now: HostFacts): Promise<Proof[]> => {
        const checks = await sideProofs(side, matter, now, true)
        if (!isWithoutCarrier(now, change.nic)) return checks
        return withoutCarrier(checks, side, now, change, backend.needCarrier)
      }
      // The gateway may be silent for the same reason as before; the host itself must be as it was.
      const checks = await verify({ judge, link: linkOf(side, change), gateways: [] }, deadline)
      const bad = checks.filter(({ ok }) => !ok)
      if (bad.length > 0) throw new PatchbayError({ code: 'rollback-failed', message: complaint(bad) })
      const lost = await carryAlong(side, change)
      const value = await isUnplugged(change.nic)
      const carrier = value ? `, but ${change.nic} has no carrier` : ''
      return { value, detail: `everything is as before${carrier}${notCarried(lost)}` }
    })
    const end = unplugged
      ? say('everything-put-back', { nic: matter.change.nic })
      : say('everything-put-back-2')
    return {
      code: 'rolled-back',
      message: say('sentences', { all: [sentence(why.message), end] }),
      ...(why.hint === undefined ? {} : { hint: why.hint }),
      ...detail,
    }
  } catch (error) {
    return {
      code: 'rollback-failed',
      message: say('sentences', {
        all: [sentence(why.message), say('putting-back-failed', { why: toFailure(error).message })],
      }),
      hint: say('tried-again-itself-if-network'),
      ...detail,
    }
  }
}

const sentence = (text: Text): Text => (/[.!?]$/.test(english(text)) ? text : say('full-stop', { text }))

/** A manager that is being restarted answers nothing for a moment. */
async function persistently(deadline: number, work: () => Promise<void>): Promise<void> {
  for (let wait = 100; ; wait = Math.min(wait * 2, 1000)) {
    try {
      await work()
      return
    } catch (error) {
      if (performance.now() + wait > deadline) throw error
      await sleep(wait)
    }
  }
}

/** The event that reports a failure after something was changed. */
export function endingOf(transaction: string, failure: Failure): HelperEvent {
  return failure.code === 'rolled-back'
    ? { event: 'rolled-back', transaction, failure }
    : { event: 'failed', failure }
}
