import { setTimeout as sleep } from 'node:timers/promises'
import type { HelperEvent } from '../../../shared/helper/protocol'
import { type FullLab, startFullLab } from '../../lab'
import {
  ending,
  type HelperRun,
  planIn,
  planned,
  settledState,
  startCreating,
  startUndoing,
  stepSeen,
  transactionsIn,
} from '../../lab/bridge-driver'
import { hostState, type HostState } from '../../lab/host-state'
import { type SetupName, setupOf } from '../../lab/setups'
import { ignoredAfter, setCarried } from './carried'
import { evidence } from './evidence'
import type { Fault, Kind, Operation } from './fault'
import { type Findings, lookOnce, type Outcomes, type Side } from './look'
import { type Running, startOperation } from './operation'
import { changedFiles, differences, exact, linesOf, type Measure } from './states'
import { type Blow, blowOf } from './strike'
import { english } from '../../../shared/phrases/english'

/** After the armed time, the longest that the host may take to be well again. Milliseconds. */
const GRACE_MS = 15_000
const LOOK_EVERY_MS = 200
/** For what happens without a fault. Milliseconds. */
const SETTLING_MS = 20_000

export interface Verdict {
  fault: Fault
  /** Where the host ended up; null when the fault was lost. */
  side: Side | null
  problems: string[]
  /** From the fault to the verdict. */
  seconds: number
  /** Whether the operation was at work when the fault struck, rather than at its end already. */
  atWork: boolean
  /** The helper's last words. */
  last: string
}

export type Opened = { kind: 'stand'; stand: Stand } | { kind: 'unsupported'; why: string }

/** A lab that suffers one fault after the other. */
export class Stand {
  /** The bridge as it was made last, and the transaction that made it; null without one. */
  private bridge: { transaction: string; state: HostState } | null = null
  /** How long each operation took last from applying to its end. Milliseconds. */
  private readonly usualMs: Record<Operation, number> = { create: 0, undo: 0 }
  /** False once the lab is not what it was: throw it away. */
  good = true

  private constructor(
    private readonly lab: FullLab,
    private readonly setup: SetupName,
    private readonly nic: HostState,
    /** A bridge that was made without a fault. */
    private sample: HostState,
  ) {}

  /** Starts a lab, and learns both states from a round without a fault. */
  static async open(setup: SetupName): Promise<Opened> {
    const lab = await startFullLab({ setup })
    try {
      const outcome = await planIn(lab)
      if (outcome.kind === 'refused') {
        await lab.close()
        return { kind: 'unsupported', why: english(outcome.failure.message) }
      }
      await setCarried(lab, lab.nic)
      const nic = await settledState(lab)
      const stand = new Stand(lab, setup, nic, nic)
      await stand.makeBridge()
      if (stand.bridge) stand.sample = stand.bridge.state
      await stand.undoBridge()
      return { kind: 'stand', stand }
    } catch (error) {
      await lab.close()
      throw error
    }
  }

  close(): Promise<void> {
    return this.lab.close()
  }

  /** Brings the host to where the fault's operation begins, has it strike, and judges what comes of it. */
  async suffer(fault: Fault): Promise<Verdict> {
    const blow = blowOf(fault)
    try {
      if (fault.operation === 'create') await this.undoBridge()
      else await this.makeBridge()
      await blow.prepare?.(this.lab)
      return await this.strike(fault, blow)
    } catch (error) {
      this.good = false
      const problems = [`the lab failed: ${String(error)}`]
      return { fault, side: null, problems, seconds: 0, atWork: false, last: '' }
    }
  }

  private async strike(fault: Fault, blow: Blow): Promise<Verdict> {
    const outcomes = await this.outcomes(fault, blow)
    const running = await startOperation(this.lab, fault, this.bridge?.transaction ?? null)
    await running.reached(fault.moment, this.usualMs[fault.operation])
    const atWork = !running.isOver()
    const struckAt = performance.now()
    await blow.strike({ lab: this.lab, setup: this.setup, running })
    // Where the blow itself takes long, as a boot does, the time counts from its end.
    const endOfBlow = performance.now()
    const healed = blow.heal && sleep(blow.heal.afterMs).then(() => blow.heal?.how(this.lab))
    const deadline = endOfBlow + running.armedSeconds * 1000 + GRACE_MS + (blow.patienceMs ?? 0)
    const { side, problems } = await this.judge(running, outcomes, deadline, healed)
    const seconds = (performance.now() - struckAt) / 1000
    if (side === null) problems.push(...(await evidence(this.lab, this.setup)))
    await blow.tidy?.(this.lab)
    await this.settleOn(side, outcomes.known)
    if (blow.spoils ?? isForgotten(this.setup, fault.kind)) this.good = false
    return { fault, side, problems, seconds, atWork, last: running.last() }
  }

  /** Looks until all is well, with the outside world healed, or the time is up. */
  private async judge(
    running: Running,
    outcomes: Outcomes,
    deadline: number,
    healed: Promise<unknown> | undefined,
  ): Promise<Findings> {
    await healed
    for (;;) {
      const findings = await lookOnce(this.lab, this.setup, running, outcomes).catch(
        (error: unknown): Findings => ({ side: null, problems: [`could not look: ${String(error)}`] }),
      )
      if (findings.side !== null || performance.now() > deadline) return findings
      await sleep(LOOK_EVERY_MS)
    }
  }

  private async outcomes({ operation, kind }: Fault, blow: Blow): Promise<Outcomes> {
    const measure = { ...blow.measure, ignore: ignoredAfter(kind, blow.measure) }
    const closely: Measure = { ...exact, ...measure }
    // The files of a bridge that is made now differ in what is made up anew; those that were there may be written again.
    const wasThere = operation === 'undo' && this.bridge !== null
    const bridgeMeasure: Measure = {
      ...exact,
      looseFiles: changedFiles(this.nic, this.sample),
      loosely: wasThere ? 'content' : 'owner',
      ...measure,
    }
    const bridge = wasThere && this.bridge ? this.bridge.state : this.sample
    const nic = { lines: linesOf(this.nic, closely), measure: closely }
    return {
      operation,
      known: new Set((await transactionsIn(this.lab)).map(({ id }) => id)),
      sides: {
        nic,
        // A bridge that no manager knows lasts until the next start.
        bridge: isForgotten(this.setup, kind)
          ? nic
          : { lines: linesOf(bridge, bridgeMeasure), measure: bridgeMeasure },
      },
    }
  }

  private async settleOn(side: Side | null, known: ReadonlySet<string>): Promise<void> {
    if (side === null) {
      this.good = false
      return
    }
    if (side === 'nic') {
      this.bridge = null
      return
    }
    const transactions = await transactionsIn(this.lab)
    const made = transactions.find(({ id, state }) => state === 'committed' && !known.has(id))
    const transaction = made?.id ?? this.bridge?.transaction
    if (transaction !== undefined) this.bridge = { transaction, state: await settledState(this.lab) }
  }

  private async makeBridge(): Promise<void> {
    if (this.bridge !== null) {
      // An earlier fault may have taken them away.
      await setCarried(this.lab, 'br0')
      this.bridge.state = await settledState(this.lab)
      return
    }
    await setCarried(this.lab, this.lab.nic)
    const run = startCreating(this.lab, await planned(this.lab))
    const event = await this.undisturbed('create', run)
    if (event?.event !== 'committed')
      throw new Error(`create without a fault failed: ${JSON.stringify(event)}`)
    this.bridge = { transaction: event.transaction, state: await settledState(this.lab) }
  }

  /** Waits for the end of an operation without a fault. Returns the helper's last words. */
  private async undisturbed(operation: Operation, run: HelperRun): Promise<HelperEvent | undefined> {
    await stepSeen(run, 'apply', 'running')
    const begun = performance.now()
    const { event } = await ending(run)
    this.usualMs[operation] = performance.now() - begun
    return event
  }

  /** Throws when the host is not exactly as it was before. */
  private async undoBridge(): Promise<void> {
    if (this.bridge !== null) {
      const run = startUndoing(this.lab, this.bridge.transaction)
      const event = await this.undisturbed('undo', run)
      if (event?.event !== 'committed')
        throw new Error(`undo without a fault failed: ${JSON.stringify(event)}`)
      this.bridge = null
    }
    // An earlier fault may have taken them away.
    await setCarried(this.lab, this.lab.nic)
    const wanted = linesOf(this.nic)
    const end = performance.now() + SETTLING_MS
    for (;;) {
      const wrong = differences(wanted, linesOf(await hostState(this.lab)))
      if (wrong.length === 0) return
      if (performance.now() > end) throw new Error(`not as before without a fault: ${wrong.join('; ')}`)
      await sleep(LOOK_EVERY_MS)
    }
  }
}

const isForgotten = (setup: SetupName, kind: Kind): boolean =>
  kind === 'power-loss' && setupOf(setup).manager === 'script'
