import type { Reach } from './reach'

/** Something that was really sent, and who answered it. */
export interface Sent {
  by: 'arp' | 'ping' | 'tcp'
  /** The host, or the machine whose guest agent sent it. */
  from: string
  /** An address, with its port for TCP. */
  to: string
  /** The MAC or the address that answered; null for silence. An answer to TCP may be a refusal. */
  answeredBy: string | null
}

/** Why nothing could be sent. */
export type ProbeGap =
  'no-address' | 'no-agent' | 'no-ping-in-guest' | 'not-from-the-lan' | 'not-into-the-internet' | 'same-end'

/** What came of trying it for real. */
export type Probed =
  | { outcome: 'sent'; sent: readonly Sent[] }
  /** Nothing was sent. */
  | { outcome: 'gap'; gap: ProbeGap }

export interface Probe {
  probed: Probed
  conclusion: Conclusion
}

/** Who reaches whom, as it is said and as it was tried. */
export interface ReachAnswer {
  said: Reach
  /** Null unless it was asked for. */
  probe: Probe | null
}

/** `settled`: it was not known before, and somebody answered. */
export type Conclusion = 'agrees' | 'surprise' | 'settled' | 'could-not-tell'

/** What a probe makes of what was said before it. */
export function conclude({ answer }: Pick<Reach, 'answer'>, probed: Probed): Conclusion {
  if (probed.outcome === 'gap') return 'could-not-tell'
  const reached = probed.sent.some(({ answeredBy }) => answeredBy !== null)
  if (answer === 'unknown') return reached ? 'settled' : 'could-not-tell'
  return reached === (answer === 'yes') ? 'agrees' : 'surprise'
}
