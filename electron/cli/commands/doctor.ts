import { CHECK_IDS, troublesIn, unknownIn, type CheckId } from '../../../shared/doctor/doctor'
import { PatchbayError } from '../../../shared/failure'
import { reportText, changesText } from '../doctor-text'
import { textOf, type Answer, type Command, type Input, type Io } from '../command'
import { followToEnd } from '../progress'
import type { Services } from '../../services/services'
import { settled } from './libvirt'

export const doctor: Command = {
  words: ['doctor'],
  positionals: [],
  options: {
    fix: { value: 'CHECK', help: 'make the change that the check proposes' },
    undo: { value: 'CHECK', help: 'take back what was changed for the check' },
    subject: { value: 'SUBJECT', help: 'which one, when the check is about several things' },
  },
  summary: 'look for what keeps machines from being connected; needs no root to look',
  details: [
    'Each trouble comes with its reason and the exact change that would fix it. A fix is recorded, and can be undone.\nRoot sees more: only root may read the firewall. What could not be looked at is told, and counts as neither fine nor wrong.\nIt ends with 0 when it has looked, whatever it found; --json counts “troubles” and “unknown”.',
    `Checks: ${CHECK_IDS.join(', ')}.`,
  ],
  run: async (input, io) => {
    const wish = wishOf(input)
    // Whoever may not use libvirt would be asked for a password for that first.
    const libvirt = wish.act === 'look' || wish.check !== 'libvirt-group'
    const services = await io.open({ look: { libvirt, records: false } })
    if (libvirt) await settled(services)
    return wish.act === 'look' ? look(services) : change(services, wish, io)
  },
}

type Wish = { act: 'look' } | { act: 'fix' | 'undo'; check: CheckId; subject: string | null }

/** @throws PatchbayError `usage` */
function wishOf(input: Input): Wish {
  const [fix, undo] = [textOf(input, 'fix'), textOf(input, 'undo')]
  const subject = textOf(input, 'subject') ?? null
  if (fix !== undefined && undo !== undefined) throw usage('--fix and --undo do not go together.')
  if (fix !== undefined) return { act: 'fix', check: checkNamed(fix), subject }
  if (undo !== undefined) return { act: 'undo', check: checkNamed(undo), subject }
  if (subject !== null) throw usage('--subject goes with --fix or --undo.')
  return { act: 'look' }
}

function checkNamed(text: string): CheckId {
  const check = CHECK_IDS.find((id) => id === text)
  if (check !== undefined) return check
  throw usage(`There is no check ${text}.`, `Choose one of: ${CHECK_IDS.join(', ')}.`)
}

const usage = (message: string, hint = 'See: patchbay doctor --help'): PatchbayError =>
  new PatchbayError({ code: 'usage', message, hint })

async function look(services: Services): Promise<Answer> {
  const report = await services.doctor().report()
  return {
    document: { ...report, troubles: troublesIn(report), unknown: unknownIn(report).length },
    text: reportText(report),
  }
}

async function change(services: Services, wish: Exclude<Wish, { act: 'look' }>, io: Io): Promise<Answer> {
  const doctor = services.doctor()
  const { act, ...request } = wish
  // What is about to change is told before it does.
  for (const line of changesText(await doctor.report(), wish)) io.say(line)
  const id = act === 'fix' ? await doctor.fix(request) : await doctor.undo(request)
  return followToEnd(services, id, io)
}
