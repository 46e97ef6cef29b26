import { basename, dirname, join } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import type { Driver } from './procedures'

/** A daemon's socket and the URI to open behind it. */
export interface Endpoint {
  socket: string
  uri: string
}

/**
 * How libvirt may be running: as one daemon that serves every driver, or as one daemon per driver.
 * Which of them does is found by connecting, in order.
 */
export type Layout = { kind: 'monolithic'; all: Endpoint } | ({ kind: 'modular' } & Record<Driver, Endpoint>)

export interface ResolvedUri {
  /** The URI without transport and parameters: `qemu:///system`. */
  uri: string
  layouts: readonly Layout[]
}

export interface ResolveOptions {
  /** Use the sockets that only look; they may need no permission. Session daemons have none. */
  readOnly?: boolean
  env?: Readonly<Record<string, string | undefined>>
}

const DEFAULT_URI = 'qemu:///system'

/**
 * Finds where to connect for a libvirt URI; an empty or missing one means `LIBVIRT_DEFAULT_URI`, else `qemu:///system`.
 * The one-daemon-per-driver sockets come first, as in libvirt's own client (src/remote/remote_sockets.c).
 * @throws PatchbayError `unsupported` for a remote host or another hypervisor, `usage` for what is no URI.
 */
export function resolveUri(
  wanted: string | undefined,
  { readOnly = false, env = process.env }: ResolveOptions = {},
): ResolvedUri {
  const text = [wanted, env.LIBVIRT_DEFAULT_URI, DEFAULT_URI].find((uri) => uri) ?? DEFAULT_URI
  const url = parse(text)
  const scope = url.pathname.slice(1)
  const transport = url.protocol.slice(0, -1).split('+')[1] ?? 'unix'
  if (url.host !== '' || transport !== 'unix') {
    throw unsupported(text, 'Patchbay manages the computer it runs on: only local sockets are supported.')
  }
  if (!/^qemu(\+|:)/.test(url.protocol) || (scope !== 'system' && scope !== 'session')) {
    throw unsupported(text, 'Patchbay works with QEMU/KVM machines only.')
  }

  const socket = url.searchParams.get('socket')
  if (socket) return { uri: `qemu:///${scope}`, layouts: [layoutOfSocket(socket, scope)] }

  const folder = scope === 'system' ? '/run/libvirt' : sessionFolder(env)
  const suffix = readOnly && scope === 'system' ? '-ro' : ''
  const layouts = [
    layoutOfSocket(join(folder, `virtqemud-sock${suffix}`), scope),
    layoutOfSocket(join(folder, `libvirt-sock${suffix}`), scope),
  ]
  return { uri: `qemu:///${scope}`, layouts }
}

function parse(text: string): URL {
  try {
    return new URL(text)
  } catch (cause) {
    throw new PatchbayError(
      { code: 'usage', message: `“${text}” is no libvirt URI.`, hint: `Try ${DEFAULT_URI}.` },
      { cause },
    )
  }
}

/** virtqemud serves no networks: those are with virtnetworkd, whose socket lies next to it. */
function layoutOfSocket(socket: string, scope: string): Layout {
  const uri = `qemu:///${scope}`
  const name = basename(socket)
  if (!name.startsWith('virtqemud-sock')) return { kind: 'monolithic', all: { socket, uri } }
  const networkSocket = join(dirname(socket), name.replace('virtqemud', 'virtnetworkd'))
  return {
    kind: 'modular',
    qemu: { socket, uri },
    network: { socket: networkSocket, uri: `network:///${scope}` },
  }
}

/** Where session daemons listen (libvirt src/util/virutil.c, virGetUserRuntimeDirectory). */
function sessionFolder(env: Readonly<Record<string, string | undefined>>): string {
  const runtime = env.XDG_RUNTIME_DIR
  if (runtime) return join(runtime, 'libvirt')
  return join(env.XDG_CACHE_HOME ?? join(env.HOME ?? '/', '.cache'), 'libvirt')
}

const unsupported = (uri: string, message: string): PatchbayError =>
  new PatchbayError({
    code: 'unsupported',
    message: `Patchbay cannot connect to “${uri}”. ${message}`,
    hint: 'Use qemu:///system or qemu:///session.',
  })
