import { PatchbayError, toFailure, type Failure } from '../../shared/failure'
import { authenticate } from './authenticate'
import { openSocket, type Channel } from './channel'
import { Connection } from './connection'
import { LibvirtError } from './errors'
import type { Endpoint, Layout, ResolvedUri, ResolveOptions } from './endpoint'
import type { Driver } from './procedures'
import { startSessionDaemon } from './session-daemon'
import { openSsh } from './ssh-channel'
import { notPermittedThere } from './ssh-failure'
import { notPermittedHere } from './unreachable'
import { english } from '../../shared/phrases/english'
import { say } from '../../shared/phrases/phrase'

export interface OpenOptions extends ResolveOptions {
  /** Whether ssh may ask for passwords and about unknown hosts on the terminal; false unless told. */
  mayAsk?: boolean
  /** Gives the attempt up, in whatever phase. */
  signal?: AbortSignal | undefined
}

export type Connections = Record<Driver, Connection>

/** VIR_CONNECT_RO. */
const READ_ONLY = 1

/** Opens the first way to libvirt behind which a daemon answers; the user's own daemon is started when none does. */
export async function openConnections(
  { layouts, startsDaemon }: ResolvedUri,
  options: OpenOptions,
): Promise<Connections> {
  try {
    return await openFirst(layouts, options)
  } catch (thrown) {
    if (!startsDaemon || !isAbsent(thrown) || options.signal?.aborted) throw thrown
  }
  const failed = await startSessionDaemon(options.env ?? process.env).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  try {
    // Also when it did not start: that may be because somebody else has just started one.
    return await openFirst(layouts, options)
  } catch (thrown) {
    throw failed ?? thrown
  }
}

async function openFirst(layouts: readonly Layout[], options: OpenOptions): Promise<Connections> {
  let failed: unknown
  for (const layout of layouts) {
    try {
      return await openLayout(layout, options)
    } catch (thrown) {
      // No daemon at this socket: the other layout may be the one in use.
      if (!isAbsent(thrown)) throw thrown
      failed = thrown
    }
  }
  throw failed
}

const isAbsent = (thrown: unknown): boolean => toFailure(thrown).code === 'libvirt-unreachable'

async function openLayout(layout: Layout, options: OpenOptions): Promise<Connections> {
  if (layout.kind === 'monolithic') {
    const all = await openEndpoint(layout.all, options)
    return { qemu: all, network: all }
  }
  const qemu = await openEndpoint(layout.qemu, options)
  try {
    return { qemu, network: await openEndpoint(layout.network, options) }
  } catch (thrown) {
    await qemu.close()
    const failure = toFailure(thrown)
    // virtqemud does run, so the other layout is not the answer: say which daemon is missing.
    throw failure.code === 'libvirt-unreachable' ? networksMissing(failure) : thrown
  }
}

async function openEndpoint(endpoint: Endpoint, options: OpenOptions): Promise<Connection> {
  const { readOnly = false, signal } = options
  const connection = new Connection(await openChannel(endpoint, options))
  const giveUp = (): void => connection.drop(GIVEN_UP)
  signal?.addEventListener('abort', giveUp)
  if (signal?.aborted) giveUp()
  try {
    await authenticate(connection, endpoint.via === 'ssh' && options.mayAsk === true).catch(
      (thrown: unknown) => {
        throw whoMayNot(endpoint, thrown)
      },
    )
    await connection.call('connectOpen', { name: endpoint.uri, flags: readOnly ? READ_ONLY : 0 })
    await connection.call('connectRegisterCloseCallback', {})
    return connection
  } catch (thrown) {
    await connection.close()
    throw thrown
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

/** polkit's own words, of agents and actions, tell nobody what to do. */
function whoMayNot(endpoint: Endpoint, thrown: unknown): unknown {
  const { code, message, detail } = toFailure(thrown)
  if (!(thrown instanceof LibvirtError) || code !== 'not-permitted') return thrown
  const failure = endpoint.via === 'ssh' ? notPermittedThere(endpoint.to) : notPermittedHere
  return new PatchbayError({ ...failure, detail: `${detail}: ${english(message)}` })
}

async function openChannel(endpoint: Endpoint, options: OpenOptions): Promise<Channel> {
  if (endpoint.via === 'socket') return openSocket(endpoint.socket)
  const { readOnly = false, mayAsk = false, env = process.env } = options
  return openSsh(endpoint.to, { readOnly, mayAsk, env })
}

const GIVEN_UP: Failure = {
  code: 'libvirt-unreachable',
  message: say('attempt-to-connect-to-libvirt'),
}

const networksMissing = ({ detail }: Failure): PatchbayError =>
  new PatchbayError({
    code: 'unsupported',
    message: say('libvirt-runs-without-network-daemon'),
    hint: say('start-sudo-systemctl-start-virtnetworkd'),
    ...(detail === undefined ? {} : { detail }),
  })
