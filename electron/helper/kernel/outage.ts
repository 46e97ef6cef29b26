import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { findBinary } from '../../system/command'

/** Milliseconds between two pings. */
const INTERVAL_MS = 10
/** Longer than any change takes: where nobody answers, a ping would outlive a helper that was killed. Seconds. */
const LONGEST_S = 60

/**
 * Pings the gateway during the change, to tell how long it was out of reach. Returns what ends the measurement and
 * gives the longest time without an answer in milliseconds, or null when it can't be told: no `ping`
 * here, or a router that never answers pings.
 */
export function measureOutage(gateway: string | null): () => number | null {
  const binary = findBinary('ping')
  const timeout = findBinary('timeout')
  if (binary === null || timeout === null || gateway === null) return () => null
  const args = ['-n', '-D', '-i', String(INTERVAL_MS / 1000), gateway]
  // Its own option -w makes ping end with the first error as well.
  const child = spawn(timeout, [String(LONGEST_S), binary, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { LC_ALL: 'C' },
  })
  child.on('error', () => undefined)
  const answers: Answer[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = parseAnswer(line)
    if (answer) answers.push(answer)
  })
  return () => {
    child.kill()
    return longestOutage(answers)
  }
}

interface Answer {
  sequence: number
  /** When the request was sent, in milliseconds. */
  sentAt: number
}

/** `[1700000000.123456] 64 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=0.042 ms` (iputils). */
export function parseAnswer(line: string): Answer | null {
  const [, at, sequence, time] = /^\[([\d.]+)\].*icmp_seq=(\d+) .*time=([\d.]+) ms/.exec(line) ?? []
  if (at === undefined || sequence === undefined || time === undefined) return null
  return { sequence: Number(sequence), sentAt: Number(at) * 1000 - Number(time) }
}

/** The longest time between two answered requests that has lost ones in between; 0 when none was lost. */
export function longestOutage(answers: readonly Answer[]): number | null {
  if (answers.length < 2) return null
  const ordered = [...answers].sort((a, b) => a.sequence - b.sequence)
  const gaps = ordered.map(({ sequence, sentAt }, index) => {
    const last = ordered[index - 1]
    return last === undefined || sequence === last.sequence + 1 ? 0 : sentAt - last.sentAt
  })
  return Math.round(Math.max(...gaps))
}
