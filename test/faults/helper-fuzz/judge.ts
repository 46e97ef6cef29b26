import { helperEvent, type HelperEvent } from '../../../shared/helper/protocol'
import { exitCodeOf } from '../../../shared/failure'
import type { Outcome } from './attack'
import { english } from '../../../shared/phrases/english'

/** Characters that a message, and a failure's detail, may have. */
const LONGEST = { message: 1_000, detail: 10_000 }

/** What a run of the helper has left behind. */
export interface Result {
  /** All that it wrote to its standard output. */
  output: string
  code: number | null
}

export interface Verdict {
  outcome: Outcome | null
  /** What is wrong with it; empty for a run as it should be. */
  complaints: string[]
}

/** Whether a run ended with a clear last event and the exit code that goes with it. Pure. */
export function judge({ output, code }: Result, allowed: readonly Outcome[]): Verdict {
  const lines = output.split('\n')
  const complaints: string[] = []
  if (lines.pop() !== '') complaints.push('the last line has no end')
  const events = lines.map(parse)
  if (events.includes(null)) complaints.push(`not an event: ${output.slice(0, 300)}`)
  const endings = events.filter((event) => event !== null && isEnding(event))
  const [ending] = endings
  if (!ending || endings.length > 1 || ending !== events.at(-1)) {
    return { outcome: null, complaints: [...complaints, `no clear end (exit code ${code ?? 'none'})`] }
  }
  const changed = events.filter((event) => event !== null && isChange(event))
  if (changed.length > 0) complaints.push(`it went as far as ${JSON.stringify(changed[0])}`)
  const outcome = ending.event === 'failed' ? ending.failure.code : ending.event
  const right = ending.event === 'failed' ? exitCodeOf(ending.failure) : 0
  if (code !== right) complaints.push(`exit code ${code ?? 'none'} instead of ${right}`)
  if (!allowed.includes(outcome)) complaints.push(`it ended with ${outcome}: ${JSON.stringify(ending)}`)
  return { outcome, complaints: [...complaints, ...wordsOf(ending).flatMap(complaintsAbout)] }
}

type Ending = Extract<HelperEvent, { event: 'failed' | 'status' | 'additions' }>

const isEnding = (event: HelperEvent): event is Ending =>
  event.event === 'failed' || event.event === 'status' || event.event === 'additions'

function parse(line: string): HelperEvent | null {
  try {
    return helperEvent.safeParse(JSON.parse(line)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Whether it tells that something is about to change, or is armed already. */
function isChange(event: HelperEvent): boolean {
  if (event.event === 'step') {
    const isArmed = event.step === 'arm' && event.state === 'done'
    return isArmed || event.step === 'apply' || event.step === 'roll-back'
  }
  return event.event === 'committed' || event.event === 'rolled-back' || event.event === 'confirm-needed'
}

interface Words {
  text: string
  longest: number
  lines: boolean
}

function wordsOf(event: HelperEvent): Words[] {
  if (event.event !== 'failed') return []
  const { message, hint, detail } = event.failure
  return [
    { text: english(message), longest: LONGEST.message, lines: false },
    ...(hint === undefined ? [] : [{ text: english(hint), longest: LONGEST.message, lines: false }]),
    ...(detail === undefined ? [] : [{ text: detail, longest: LONGEST.detail, lines: true }]),
  ]
}

/** Control characters, and those that hide or reorder what stands beside them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** The helper's own open files, which mean nothing to anybody else. */
const REACHED = /\/proc\/(self|\d+)\/fd/

function complaintsAbout({ text, longest, lines }: Words): string[] {
  const shown = lines ? text.replaceAll('\n', '') : text
  return [
    ...(text === '' ? ['an empty message'] : []),
    ...(text.length > longest ? [`${text.length} characters in a message`] : []),
    ...(REACHED.test(text) ? [`it names how a path was reached: ${text.slice(0, 300)}`] : []),
    ...(UNSEEN.test(shown) ? [`unseen characters in a message: ${JSON.stringify(text.slice(0, 200))}`] : []),
  ]
}
