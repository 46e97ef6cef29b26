import { expect } from 'vitest'
import type { CheckId, CheckReport, Finding, MadeFix } from '../../shared/doctor/doctor'
import { patchbay } from './cli-helpers'
import type { Lab } from './index'
import { english } from '../../shared/phrases/english'

interface Report {
  checks: CheckReport[]
  made: MadeFix[]
  troubles: number
}

/** What `patchbay doctor` says in the lab. */
export async function examine(lab: Lab): Promise<Report> {
  const { code, stdout, stderr } = await patchbay(lab, 'doctor', '--json')
  expect(code, stderr + stdout).toBe(0)
  return JSON.parse(stdout) as Report
}

/** What one check finds now. */
export async function found(lab: Lab, check: CheckId): Promise<readonly Finding[]> {
  const { checks } = await examine(lab)
  const verdict = checks.find((one) => one.check === check)?.verdict
  return verdict?.state === 'found' ? verdict.findings : []
}

/** The finding of a check about something, or null. */
export const findingAbout = async (lab: Lab, check: CheckId, subject: string): Promise<Finding | null> =>
  (await found(lab, check)).find((finding) => finding.subject === subject) ?? null

async function act(lab: Lab, how: '--fix' | '--undo', check: CheckId, subject: string): Promise<string> {
  const { code, stdout, stderr } = await patchbay(lab, 'doctor', how, check, '--subject', subject)
  expect([code, stderr + stdout]).toEqual([0, expect.any(String)])
  return stderr
}

export interface Trouble {
  check: CheckId
  subject: string
  /** Whatever the trouble and its fix may touch, in a form that compares. */
  state: () => Promise<unknown>
  /** Makes the trouble for real. */
  make: () => Promise<unknown>
  /** Whether what the trouble keeps from working does work. */
  works?: () => Promise<boolean>
  /** Takes the trouble away in the end. */
  cure: () => Promise<unknown>
}

/**
 * The whole way of a check: not there, made, found, told what would be changed, fixed, undone to how it was with the trouble, cured.
 */
export async function throughAll(lab: Lab, trouble: Trouble): Promise<void> {
  const { check, subject, state, make, works, cure } = trouble
  const about = (): Promise<Finding | null> => findingAbout(lab, check, subject)
  expect(await about()).toBeNull()
  await make()
  const troubled = await state()
  const finding = await about()
  expect(finding).toMatchObject({ subject, certainty: 'seen', remedy: { kind: 'fix' } })
  if (works) expect(await works(), 'while it is in trouble').toBe(false)

  const told = await act(lab, '--fix', check, subject)
  const changes = finding?.remedy.kind === 'fix' ? finding.remedy.changes : []
  for (const change of changes) expect(told).toContain(`+ ${english(change)}`)
  const after = await examine(lab)
  expect(after.made).toMatchObject([{ check, subject, changes }])
  expect(await about()).toBeNull()
  if (works) expect(await works(), 'once it is fixed').toBe(true)

  await act(lab, '--undo', check, subject)
  expect(await state()).toEqual(troubled)
  expect((await examine(lab)).made).toEqual([])
  expect(await about()).toEqual(finding)
  await cure()
  expect(await about()).toBeNull()
}

/** Runs a script of sh in the lab. */
export const scriptIn =
  (lab: Lab) =>
  async (script: string): Promise<string> =>
    (await lab.exec(['sh', '-ec', script])).stdout
