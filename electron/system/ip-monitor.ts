import { spawn } from 'node:child_process'
import { findBinary } from './command'

/** Milliseconds of silence after which a burst of notifications counts as one change; and the longest wait. */
const QUIET_MS = 40
/** Milliseconds before a monitor that ended by itself is started again. */
const RESTART_MS = 1000

/**
 * Calls `onChange` after links, addresses or routes have changed; a burst counts once. It is a signal only: read
 * the host again to see what changed. The kernel's notifications come through `ip monitor`, so idling costs nothing.
 */
export function watchHost(onChange: () => void): { close(): void } {
  const binary = findBinary('ip')
  let closed = false
  let burst: NodeJS.Timeout | undefined
  let restart: NodeJS.Timeout | undefined
  let stop: () => void = () => undefined

  const signal = (): void => {
    burst ??= setTimeout(() => {
      burst = undefined
      onChange()
    }, QUIET_MS)
  }
  const start = (): void => {
    if (binary === null || closed) return
    const child = spawn(binary, ['monitor', 'link', 'address', 'route'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {},
    })
    const end = (): void => void child.kill()
    process.once('exit', end)
    stop = end
    child.stdout.on('data', signal)
    child.once('error', () => undefined)
    child.once('close', () => {
      process.off('exit', end)
      if (closed) return
      // Something may have changed while nobody listened.
      signal()
      restart = setTimeout(start, RESTART_MS)
    })
  }
  start()
  return {
    close: () => {
      closed = true
      clearTimeout(burst)
      clearTimeout(restart)
      stop()
    },
  }
}
