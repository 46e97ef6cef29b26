import { en } from '../../shared/messages/en'
import type { Reach } from '../../shared/reach'

/** A verdict with its reason in words, for programs. */
export const reachDocument = ({ answer, reason }: Reach) => ({
  answer,
  reason: { ...reason, text: reasonText({ answer, reason }) },
})

export const reasonText = ({ reason: { code, on } }: Reach): string => en.reach.reasons[code](on)

/** `web01 → host: yes. This host has an address on default.` */
export const reachText = (from: string, to: string, verdict: Reach): string =>
  `${from} → ${to}: ${en.reach.answers[verdict.answer]}. ${reasonText(verdict)}.`
