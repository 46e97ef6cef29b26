import { NO_INSPECTOR } from '../../system/no-inspector'

/** A Node that can run the helper. */
export interface Runtime {
  /** Absolute path of Node, or of Electron, which then runs in its Node mode. */
  path: string
  /** All that its environment has to have. */
  env: Readonly<Record<string, string>>
}

/** The oldest Node that the helper is built for (scripts/build.mjs). */
export const LEAST_NODE = [18, 15] as const

/** Whether a version such as `v18.19.1` will do. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = (/^v?(\d+)\.(\d+)\./.exec(version)?.slice(1) ?? []).map(Number)
  return major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])
}

/**
 * The environment that root starts a runtime with. Node reads OpenSSL's configuration from where it was built to be, which may be
 * in somebody's home, and which can name a library to load; the helper needs none. `noInspector`: the runtime knows that
 * option.
 */
export function environmentFor({
  electron,
  noInspector,
}: {
  electron: boolean
  noInspector: boolean
}): Readonly<Record<string, string>> {
  return {
    OPENSSL_CONF: '/dev/null',
    ...(electron && { ELECTRON_RUN_AS_NODE: '1' }),
    ...(noInspector && { NODE_OPTIONS: NO_INSPECTOR }),
  }
}
