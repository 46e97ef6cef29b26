import { execFile } from 'node:child_process'
import { z } from 'zod'
import { NO_INSPECTOR } from '../../system/no-inspector'
import { describeWeakSpot, weakSpotOf } from '../../system/roots-own'
import { mappedFiles } from './mapped-files'
import { environmentFor, isNewEnough, LEAST_NODE, type Runtime } from './runtime'

export type Trial = { ok: true; runtime: Runtime } | { ok: false; why: string }

/** What a runtime says of itself; written for the oldest Node that somebody may have. */
const QUESTION = `require('crypto').randomBytes(1);process.stdout.write(JSON.stringify({
version:process.version,
noInspector:process.allowedNodeEnvironmentFlags.has('${NO_INSPECTOR}'),
maps:require('fs').readFileSync('/proc/self/maps','utf8')}))`

const answer = z.object({ version: z.string(), noInspector: z.boolean(), maps: z.string() })

/** A start takes a tenth of a second; this is for a computer that is busy. Milliseconds. */
const PATIENCE_MS = 20_000

/**
 * Starts a runtime once as systemd would, in an environment of nothing else, and looks at what that has loaded. It is good when it
 * is new enough, and all it has loaded is root's own.
 */
export async function tryRuntime(path: string, electron: boolean): Promise<Trial> {
  const spot = weakSpotOf(path)
  if (spot !== null) return { ok: false, why: describeWeakSpot(spot) }
  let said: z.infer<typeof answer>
  try {
    said = answer.parse(JSON.parse(await ask(path, electron)))
  } catch (error) {
    return { ok: false, why: `${path} does not start: ${firstLine(error)}` }
  }
  if (!isNewEnough(said.version)) {
    return {
      ok: false,
      why: `${path} is Node ${said.version}, and ${LEAST_NODE.join('.')} is the oldest that will do`,
    }
  }
  for (const file of mappedFiles(said.maps)) {
    const loaded = weakSpotOf(file.path)
    if (loaded !== null)
      return { ok: false, why: `${path} loads ${file.path}, and ${describeWeakSpot(loaded)}` }
  }
  return { ok: true, runtime: { path, env: environmentFor({ electron, noInspector: said.noInspector }) } }
}

function ask(path: string, electron: boolean): Promise<string> {
  const env = { ...environmentFor({ electron, noInspector: false }), PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }
  return new Promise((resolve, reject) => {
    const options = {
      env,
      cwd: '/',
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
      maxBuffer: 1024 * 1024,
    } as const
    execFile(path, ['-e', QUESTION], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(stderr.trim() === '' ? error : new Error(stderr.trim()))
    })
  })
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
