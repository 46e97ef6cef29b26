import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

export interface ProcessorUse {
  /** Clock ticks of 10 ms, as the kernel tells them: each process rounded down (proc(5), fields 14 and 15 of stat). */
  ticks: number
  /** The same in milliseconds, not rounded (first field of schedstat); a thread that ended meanwhile is missing. */
  ms: number
}

/** What a process and everything below it use of the processor within `seconds`. */
export async function watchUse(root: number, seconds: number): Promise<ProcessorUse> {
  const before = await readUse(root)
  await pause(seconds * 1000)
  const after = await readUse(root)
  let nanoseconds = 0
  for (const [thread, used] of after.threads) nanoseconds += used - (before.threads.get(thread) ?? 0)
  return { ticks: after.ticks - before.ticks, ms: Math.round(nanoseconds / 1e5) / 10 }
}

async function readUse(root: number): Promise<{ ticks: number; threads: Map<string, number> }> {
  const below = new Set([root])
  const threads = new Map<string, number>()
  let ticks = 0
  // Parents come before their children: process numbers grow, and none wraps within a bench.
  for (const { pid, parent, used } of await allProcesses()) {
    if (!below.has(pid) && !below.has(parent)) continue
    below.add(pid)
    ticks += used
    for (const thread of await unlessGone(readdir(`/proc/${pid}/task`), [])) {
      const text = await unlessGone(readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'), '0')
      threads.set(thread, Number.parseInt(text, 10))
    }
  }
  return { ticks, threads }
}

async function allProcesses(): Promise<{ pid: number; parent: number; used: number }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const stats = await Promise.all(
    pids.map(async (pid) => {
      const text = await unlessGone(readFile(`/proc/${pid}/stat`, 'utf8'), '')
      if (text === '') return []
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      return [{ pid, parent: Number(fields[1]), used: Number(fields[11]) + Number(fields[12]) }]
    }),
  )
  return stats.flat().sort((a, b) => a.pid - b.pid)
}

/** A process may end between being listed and being read. */
async function unlessGone<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ESRCH'))
      return otherwise
    throw thrown
  }
}
