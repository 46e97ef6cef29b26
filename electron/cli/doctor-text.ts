import {
  troublesIn,
  unknownIn,
  type CheckId,
  type CheckReport,
  type DoctorReport,
  type Finding,
} from '../../shared/doctor/doctor'
import { said } from './language'
import { say } from '../../shared/phrases/phrase'

/** A report for people: what is wrong first, then what could not be looked at, which counts as neither, then what is not wrong. */
export function reportText(report: DoctorReport): string {
  const { checks, made } = report
  const troubles = troublesIn(report)
  const unknown = unknownIn(report)
  const findings = checks.flatMap((one) =>
    one.verdict.state === 'found'
      ? one.verdict.findings.map((finding) => findingText(one.check, finding, one))
      : [],
  )
  const rest = checks
    .filter(({ verdict }) => verdict.state === 'fine' || verdict.state === 'not-applicable')
    .map(lineOf)
  const gaps = unknown.map(({ title, reason }) => `? ${said(title)}: ${said(reason)}`)
  const done = made.map(
    ({ check, subject, changes }) =>
      `  ${changes.map(said).join('; ')}\n      ${said(say('undo-line', { command: `patchbay doctor --undo ${check}${choice(subject)}` }))}`,
  )
  return [
    headOf(troubles, unknown.length),
    ...findings,
    ...(gaps.length === 0 ? [] : [[said(say('could-not-be-looked-at')), ...gaps].join('\n')]),
    ...(rest.length === 0 ? [] : [[said(say('the-other-checks')), ...rest].join('\n')]),
    ...(done.length === 0 ? [] : [[said(say('changed-for-this')), ...done].join('\n')]),
  ].join('\n\n')
}

function headOf(troubles: number, unknown: number): string {
  const head =
    troubles > 0
      ? say('things-wrong', { count: troubles })
      : say(unknown === 0 ? 'nothing-is-wrong' : 'nothing-wrong-found')
  return said(
    unknown === 0 ? head : say('sentences', { all: [head, say('checks-not-made', { count: unknown })] }),
  )
}

const MARKS = { trouble: '✗', notice: '!' } as const

function findingText(check: CheckId, finding: Finding, report: CheckReport): string {
  const { weight, certainty, problem, reason, remedy, subject } = finding
  const several = report.verdict.state === 'found' && report.verdict.findings.length > 1
  const lines = [
    `${MARKS[weight]} ${said(certainty === 'likely' ? say('likely-only', { problem }) : problem)}`,
    `  ${said(reason)}`,
    ...(remedy.kind === 'advice'
      ? [`  ${said(remedy.advice)}`]
      : [
          `  ${said(say('fix-line', { command: `patchbay doctor --fix ${check}${several ? choice(subject) : ''}` }))}`,
          ...remedy.changes.map((change) => `      ${said(change)}`),
        ]),
  ]
  return lines.join('\n')
}

const choice = (subject: string): string => ` --subject ${subject}`

function lineOf({ title, verdict }: CheckReport): string {
  switch (verdict.state) {
    case 'fine':
      return `✓ ${said(title)}: ${said(verdict.detail)}`
    case 'not-applicable':
      return `· ${said(title)}: ${said(verdict.reason)}`
    case 'unknown':
      return `? ${said(title)}: ${said(verdict.reason)}`
    case 'found':
      return `✗ ${said(title)}`
  }
}

/** What is about to be done or taken back, a line each; nothing when it is not known what was meant. */
export function changesText(
  { checks, made }: DoctorReport,
  { act, check, subject }: { act: 'fix' | 'undo'; check: CheckId; subject: string | null },
): string[] {
  const fits = (one: { subject: string }): boolean => subject === null || one.subject === subject
  if (act === 'undo') {
    const undone = made.filter((one) => one.check === check && fits(one)).flatMap(({ changes }) => changes)
    return undone.map((change) => `- ${said(change)}`)
  }
  const verdict = checks.find((one) => one.check === check)?.verdict
  const found = verdict?.state === 'found' ? verdict.findings.filter(fits) : []
  return found
    .flatMap(({ remedy }) => (remedy.kind === 'fix' ? remedy.changes : []))
    .map((change) => `+ ${said(change)}`)
}
