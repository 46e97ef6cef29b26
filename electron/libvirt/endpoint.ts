import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import type { Driver } from './procedures'
import { parseLibvirtUri, type Scope, type SshUri, type UnixUri } from './uri'
import { say } from '../../shared/phrases/phrase'

/** Environment variables, as in `process.env`. */
export type Env = Readonly<Record<string, string | undefined>>

/** A way to a daemon, and the URI to open behind it. */
export type Endpoint = { uri: string } & ({ via: 'socket'; socket: string } | { via: 'ssh'; to: SshUri })

/**
 * How libvirt may be running: as one daemon that answers for every driver, or as one daemon per driver.
 * Which of them does is found by connecting, in order.
 */
export type Layout = { kind: 'monolithic'; all: Endpoint } | ({ kind: 'modular' } & Record<Driver, Endpoint>)

export interface ResolvedUri {
  /** The URI without transport and parameters: `qemu:///system`. */
  uri: string
  layouts: readonly Layout[]
  /** Whether to start the user's own daemon when none answers. */
  startsDaemon: boolean
}

export interface ResolveOptions {
  /** Use the sockets that only look; they may need no permission. Session daemons have none. */
  readOnly?: boolean
  env?: Env
  /** The user's number; the process's own unless told. */
  uid?: number
}

const DEFAULT_URI = 'qemu:///system'

/**
 * Finds where to connect for a libvirt URI; an empty or missing one means `LIBVIRT_DEFAULT_URI`, else `qemu:///system`.
 * The one-daemon-per-driver sockets come first, as in libvirt's own client (src/remote/remote_sockets.c).
 * @throws PatchbayError `usage` for what is no URI, naming what is wrong; `unsupported` for other hypervisors and transports
 */
export function resolveUri(wanted: string | undefined, options: ResolveOptions = {}): ResolvedUri {
  const { env = process.env } = options
  const text = [wanted, env.LIBVIRT_DEFAULT_URI].find(Boolean) ?? DEFAULT_URI
  const to = parseLibvirtUri(text)
  const uri = `qemu:///${to.scope}`
  if (to.transport === 'unix') return resolveHere(to, uri, options)
  // Through one ssh only: virtqemud, too, answers for the networks (src/remote/remote_daemon_dispatch.c,
  // remoteDispatchConnectOpen sets its networkURI).
  return { uri, layouts: [{ kind: 'monolithic', all: { uri, via: 'ssh', to } }], startsDaemon: false }
}

function resolveHere(to: UnixUri, uri: string, options: ResolveOptions): ResolvedUri {
  const { readOnly = false, env = process.env, uid = process.getuid?.() ?? 0 } = options
  if (to.socket !== null) return { uri, layouts: [layoutOfSocket(to.socket, to.scope)], startsDaemon: false }
  if (to.scope === 'session') return resolveSession(uri, env, uid)
  const suffix = readOnly ? '-ro' : ''
  const layouts = [`virtqemud-sock${suffix}`, `libvirt-sock${suffix}`].map((name) =>
    layoutOfSocket(join('/run/libvirt', name), to.scope),
  )
  return { uri, layouts, startsDaemon: false }
}

/** A session's virtqemud starts its virtnetworkd itself and answers for it, so one connection is enough. */
function resolveSession(uri: string, env: Env, uid: number): ResolvedUri {
  if (uid === 0) {
    throw new PatchbayError({
      code: 'usage',
      message: say('root-no-libvirt-session-qemu'),
      hint: say('use-qemu-system'),
    })
  }
  const folder = sessionFolder(env)
  const layouts = ['virtqemud-sock', 'libvirt-sock'].map((name): Layout => {
    return { kind: 'monolithic', all: socketEndpoint(join(folder, name), uri) }
  })
  return { uri, layouts, startsDaemon: env.LIBVIRT_AUTOSTART !== '0' }
}

/** With virtqemud's socket comes virtnetworkd's, which lies next to it. */
function layoutOfSocket(socket: string, scope: Scope): Layout {
  const uri = `qemu:///${scope}`
  const name = basename(socket)
  if (!name.startsWith('virtqemud-sock')) return { kind: 'monolithic', all: socketEndpoint(socket, uri) }
  const networkSocket = join(dirname(socket), name.replace('virtqemud', 'virtnetworkd'))
  return {
    kind: 'modular',
    qemu: socketEndpoint(socket, uri),
    network: socketEndpoint(networkSocket, `network:///${scope}`),
  }
}

const socketEndpoint = (socket: string, uri: string): Endpoint => ({ uri, via: 'socket', socket })

/** Where session daemons listen (libvirt src/util/virutil.c, virGetUserRuntimeDirectory; glib takes empty for unset). */
function sessionFolder(env: Env): string {
  const set = (name: string): string | undefined => (env[name] === '' ? undefined : env[name])
  const runtime = set('XDG_RUNTIME_DIR') ?? set('XDG_CACHE_HOME') ?? join(set('HOME') ?? homedir(), '.cache')
  return join(runtime, 'libvirt')
}
