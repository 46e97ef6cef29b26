import { readFile } from 'node:fs/promises'

/** A point in time as another process can still tell how long ago it was, also after the clock was set. Plain data. */
export interface Moment {
  /** Names this run of the kernel (random(4), boot_id). */
  boot: string
  /** Seconds since its start, the time asleep included (proc(5), /proc/uptime). */
  uptime: number
  /** The clock on the wall, for after a restart. Milliseconds. */
  time: number
}

export async function momentNow(): Promise<Moment> {
  const [boot, uptime] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    readFile('/proc/uptime', 'utf8'),
  ])
  return { boot: boot.trim(), uptime: Number(uptime.split(' ')[0]), time: Date.now() }
}

/** Whole seconds from one moment to a later one; none by a clock that was set back over a restart. Pure. */
export function secondsBetween(earlier: Moment, later: Moment): number {
  const seconds =
    earlier.boot === later.boot ? later.uptime - earlier.uptime : (later.time - earlier.time) / 1000
  return Math.max(0, Math.round(seconds))
}
