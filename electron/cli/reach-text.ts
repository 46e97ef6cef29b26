import { en } from '../../shared/messages/en'
import type { Probe, Sent } from '../../shared/reach/probe'
import type { Reach } from '../../shared/reach/reach'

/** A verdict with its reason in words, for programs. */
export const reachDocument = ({ answer, reason }: Reach) => ({
  answer,
  reason: { ...reason, text: reasonText({ answer, reason }) },
})

export const reasonText = ({ reason: { code, on } }: Reach): string => en.reach.reasons[code](on)

/** `web01 → host: yes. This host has an address on default.` */
export const reachText = (from: string, to: string, verdict: Reach): string =>
  `${from} → ${to}: ${en.reach.answers[verdict.answer]}. ${reasonText(verdict)}.`

/** What was sent, who answered, and what follows from it. */
export function probeText({ probed, conclusion }: Probe): string {
  const verdict = en.reach.conclusions[conclusion]
  if (probed.outcome === 'gap') return `${verdict}: ${en.reach.gaps[probed.gap]}.`
  return [...probed.sent.map((one) => `${sentText(one)}.`), `${verdict}.`].join('\n')
}

function sentText({ by, from, to, answeredBy }: Sent): string {
  const { sent } = en.reach
  const what = sent.what(sent.by[by], from, to)
  return answeredBy === null ? sent.silent(what) : sent.answered(what, answeredBy)
}
