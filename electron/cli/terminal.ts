import { createInterface } from 'node:readline'
import { once } from 'node:events'

/** Prints a line of progress for people. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** Asks on the terminal; null without one, at its end, or when the signal takes the question back. */
export async function ask(question: string, signal: AbortSignal): Promise<string | null> {
  if (!process.stdin.isTTY) {
    say(`${question}\nThere is no terminal to answer at: going back.`)
    return null
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const close = (): void => lines.close()
  signal.addEventListener('abort', close)
  // The question owns the keyboard meanwhile: pass Ctrl-C on to whoever listens for it.
  lines.on('SIGINT', () => process.emit('SIGINT'))
  try {
    const answer = new Promise<string>((resolve) => lines.question(question, resolve))
    return await Promise.race([answer, once(lines, 'close').then(() => null)])
  } finally {
    signal.removeEventListener('abort', close)
    lines.close()
  }
}

/** Calls the listener at Ctrl-C, SIGTERM or when the terminal goes away; returns the function that ends it. */
export function onInterrupt(listener: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}
