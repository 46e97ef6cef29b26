import type { CheckId, DoctorReport, Finding, MadeFix } from '../../shared/doctor/doctor'
import { PatchbayError } from '../../shared/failure'
import type { HostAddition, RecordedAddition } from '../../shared/helper/host-addition'
import type { World } from '../../shared/world/world'
import { changesOf } from '../doctor/changes'
import { judge } from '../doctor/checks'
import type { DoctorFacts } from '../doctor/facts'
import { perform, undo, type Means } from './doctor-fixes'
import { begin } from './operations'
import { type Text, say } from '../../shared/phrases/phrase'

export interface DoctorRequest {
  check: CheckId
  /** Which of several things that the check has found; null when there is only one. */
  subject: string | null
}

export type ReadDoctorFacts = (world: World) => Promise<DoctorFacts>

/** Looks for what is wrong with this computer's networks, fixes it when told, and undoes that again. */
export class Doctor {
  constructor(
    private readonly means: Means,
    private readonly readFacts: ReadDoctorFacts,
  ) {}

  /** Needs no root, which sees more of the firewall; changes nothing. */
  async report(): Promise<DoctorReport> {
    const facts = await this.readFacts(this.#world)
    return { checks: judge(facts), made: await this.#made(facts.additions) }
  }

  /** Starts fixing something that the check finds now; answers with the operation's id. @throws PatchbayError `not-found`, `refused`, `usage` */
  async fix({ check, subject }: DoctorRequest): Promise<string> {
    const { checks } = await this.report()
    const verdict = checks.find((one) => one.check === check)?.verdict
    const finding = only(verdict?.state === 'found' ? verdict.findings : [], { check, subject }, 'found')
    const { remedy } = finding
    if (remedy.kind === 'advice') throw notOurs(finding, remedy.advice)
    const { store } = this.means.opened
    const title = say('fix-of', { problem: finding.problem })
    const about = finding.subject
    const operation = { kind: 'doctor', act: 'fix', check, about } as const
    return begin(store, { subject: operation, title, steps: [STEPS.fix] }, async (progress) => {
      await progress.during(STEPS.fix, async () => {
        const label = { uri: this.#world.libvirt.uri, check, about, changes: [...remedy.changes] }
        await perform(remedy.fix, label, this.means, progress)
        return say('clauses', { all: remedy.changes })
      })
      return {
        summary: say('done-these', { changes: say('clauses', { all: remedy.changes }) }),
        result: { kind: 'trouble-fixed' },
      }
    })
  }

  /** Starts undoing a fix that was made; answers with the operation's id. @throws PatchbayError `not-found`, `usage` */
  async undo({ check, subject }: DoctorRequest): Promise<string> {
    const facts = await this.readFacts(this.#world)
    const mades = (await this.#made(facts.additions)).filter((one) => one.check === check)
    const made = only(mades, { check, subject }, 'made')
    const record = (await this.means.records.list()).find(({ id }) => id === made.id)
    const { store, refreshHost } = this.means.opened
    const title = say('undo-of', { changes: say('clauses', { all: made.changes }) })
    const operation = { kind: 'doctor', act: 'undo', check, about: made.subject } as const
    return begin(store, { subject: operation, title, steps: [STEPS.undo] }, async (progress) => {
      await progress.during(STEPS.undo, async () => {
        if (record === undefined) {
          await this.means.additions.remove(made.id)
          await refreshHost()
        } else await undo(record, this.means, progress)
        return null
      })
      return { summary: say('it-is-as-it-was'), result: { kind: 'fix-undone' } }
    })
  }

  get #world(): World {
    return this.means.opened.store.current
  }

  /** What the helper has recorded of the kinds that fix something, and what was done in this libvirt. */
  async #made(additions: readonly RecordedAddition[]): Promise<MadeFix[]> {
    const { uri } = this.#world.libvirt
    const inLibvirt = (await this.means.records.list()).filter((record) => record.uri === uri)
    const made = [
      ...additions.flatMap(madeBy),
      ...inLibvirt.map(({ id, check, about, changes, madeAt }) => ({
        id,
        check,
        subject: about,
        changes,
        madeAt,
      })),
    ]
    return made.sort((a, b) => b.madeAt - a.madeAt)
  }
}

const STEPS = { fix: say('make-change'), undo: say('take-change-back') } as const

function madeBy({ id, addition, addedAt }: RecordedAddition): MadeFix[] {
  const by = whatFixes(addition)
  const changes = changesOf({ kind: 'addition', addition })
  return by === null ? [] : [{ id, ...by, changes, madeAt: addedAt }]
}

/** Which finding an addition answers; null for what the user asked for otherwise. */
function whatFixes(addition: HostAddition): { check: CheckId; subject: string } | null {
  switch (addition.kind) {
    case 'host-access':
      return { check: 'macvtap-host-access', subject: addition.link }
    case 'port-forward':
      return null
    case 'accept-forwarding':
      return { check: 'docker-drops-nat', subject: addition.bridge }
    case 'accept-services':
      return { check: 'closed-firewall', subject: addition.bridge }
    case 'bridge-past-iptables':
      return { check: 'docker-drops-bridged', subject: 'bridge-nf-call-iptables' }
    case 'bridge-without-stp':
      return { check: 'bridge-stp', subject: addition.bridge }
    case 'keep-router-advertisements':
      return { check: 'ipv6-forwarding', subject: addition.link }
    case 'firewalld-zone':
      return { check: 'firewalld-zone', subject: 'libvirt' }
    case 'tap-in-bridge':
      return { check: 'tap-out-of-bridge', subject: addition.tap }
    case 'no-stale-bridge':
      return { check: 'stale-virbr', subject: addition.bridge }
    case 'libvirt-group':
      return { check: 'libvirt-group', subject: 'libvirt' }
  }
}

/** The one that was meant. @throws PatchbayError `not-found`, `usage` */
function only<T extends { subject: string }>(
  all: readonly T[],
  { check, subject }: DoctorRequest,
  what: 'found' | 'made',
): T {
  const fitting = subject === null ? all : all.filter((one) => one.subject === subject)
  const [first, ...more] = fitting
  if (first === undefined) {
    throw new PatchbayError({
      code: 'not-found',
      message: nothingOf(what, check, subject),
      hint: say('look-again'),
      shellHint: say('see-patchbay-doctor'),
    })
  }
  if (more.length === 0) return first
  throw new PatchbayError({
    code: 'usage',
    message: say('check-about-several-things', {
      check,
      fitting: fitting.map((one) => one.subject).join(', '),
    }),
    hint: say('choose-one-of-them'),
    shellHint: say('say-with-subject'),
    field: 'subject',
  })
}

/** What is said where there is nothing to fix, or nothing to undo. */
function nothingOf(what: 'found' | 'made', check: CheckId, subject: string | null): Text {
  if (what === 'found') {
    return subject === null
      ? say('check-finds-nothing', { check })
      : say('check-finds-nothing-about', { check, subject })
  }
  return subject === null
    ? say('fixed-nothing-for', { check })
    : say('fixed-nothing-about', { check, subject })
}

const notOurs = ({ problem }: Finding, advice: Text): PatchbayError =>
  new PatchbayError({ code: 'refused', message: say('patchbay-cannot-fix', { problem }), hint: advice })
