import {
  troublesIn,
  type CheckId,
  type CheckReport,
  type DoctorReport,
  type Finding,
} from '../../shared/doctor'

/** A report for people: what is wrong first, then what is not. */
export function reportText(report: DoctorReport): string {
  const { checks, made } = report
  const troubles = troublesIn(report)
  const head =
    troubles === 0
      ? 'Nothing is wrong.'
      : troubles === 1
        ? 'One thing is wrong.'
        : `${troubles} things are wrong.`
  const findings = checks.flatMap((one) =>
    one.verdict.state === 'found'
      ? one.verdict.findings.map((finding) => findingText(one.check, finding, one))
      : [],
  )
  const rest = checks.filter(({ verdict }) => verdict.state !== 'found').map(lineOf)
  const done = made.map(
    ({ check, subject, changes }) =>
      `  ${changes.join('; ')}\n      undo: patchbay doctor --undo ${check}${choice(subject)}`,
  )
  return [
    head,
    ...findings,
    ...(rest.length === 0 ? [] : [['The other checks', ...rest].join('\n')]),
    ...(done.length === 0 ? [] : [['Changed for this', ...done].join('\n')]),
  ].join('\n\n')
}

const MARKS = { trouble: '✗', notice: '!' } as const

function findingText(check: CheckId, finding: Finding, report: CheckReport): string {
  const { weight, certainty, problem, reason, remedy, subject } = finding
  const several = report.verdict.state === 'found' && report.verdict.findings.length > 1
  const lines = [
    `${MARKS[weight]} ${problem}${certainty === 'likely' ? ' (likely; root sees for certain)' : ''}`,
    `  ${reason}`,
    ...(remedy.kind === 'advice'
      ? [`  ${remedy.advice}`]
      : [
          `  fix: patchbay doctor --fix ${check}${several ? choice(subject) : ''}`,
          ...remedy.changes.map((change) => `      ${change}`),
        ]),
  ]
  return lines.join('\n')
}

const choice = (subject: string): string => ` --subject ${subject}`

function lineOf({ title, verdict }: CheckReport): string {
  switch (verdict.state) {
    case 'fine':
      return `✓ ${title}: ${verdict.detail}`
    case 'not-applicable':
      return `· ${title}: ${verdict.reason}`
    case 'unknown':
      return `? ${title}: ${verdict.reason}`
    case 'found':
      return `✗ ${title}`
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
    return undone.map((change) => `- ${change}`)
  }
  const verdict = checks.find((one) => one.check === check)?.verdict
  const found = verdict?.state === 'found' ? verdict.findings.filter(fits) : []
  return found
    .flatMap(({ remedy }) => (remedy.kind === 'fix' ? remedy.changes : []))
    .map((change) => `+ ${change}`)
}
