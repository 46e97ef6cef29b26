import { isIPv6 } from 'node:net'
import { PatchbayError } from '../../shared/failure'
import { say, type Text } from '../../shared/phrases/phrase'

/** The system's libvirt, or the user's own. */
export type Scope = 'system' | 'session'

/** libvirt on this computer. */
export interface UnixUri {
  transport: 'unix'
  scope: Scope
  /** Where the daemon listens, when that is not where libvirt's own rules say. */
  socket: string | null
}

/** libvirt on another computer, through ssh. */
export interface SshUri {
  transport: 'ssh'
  scope: Scope
  /** As ssh takes it: also an alias from its configuration. IPv6 addresses without their brackets. */
  host: string
  port: number | null
  user: string | null
  /** A private key, besides those that ssh knows of. */
  keyfile: string | null
  /** Where the daemon listens over there. */
  socket: string | null
  /** The program over there that leads to the socket. */
  netcat: string | null
  /** False forbids ssh to ask on the terminal. */
  mayAsk: boolean
}

export type LibvirtUri = UnixUri | SshUri

const EXAMPLES = say('use-qemu-system-qemu-session')

/** Scheme, authority, path, query, fragment (RFC 3986, appendix B). */
const URI = /^([^:/?#]+):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/s
/** User, host, port; an IPv6 address stands in brackets. */
const AUTHORITY = /^(?:(.*)@)?(\[[^\]]*\]|[^:]*)(?::(.*))?$/s

/** Nothing that a shell or ssh could take for more than a name: ssh puts both into commands of its configuration. */
const USER = /^[A-Za-z0-9_][A-Za-z0-9_.@\\+-]*$/
const HOST = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/
const BRACKETED = /^\[(.*)\]$/s

/** The room for a path in a Unix socket's address, without its closing zero (unix(7)). */
const SOCKET_PATH_MAX = 107

/**
 * Reads a libvirt URI, strictly: what would be ignored is refused.
 * @throws PatchbayError `usage`, naming the part that is wrong; `unsupported` for other hypervisors and transports
 */
export function parseLibvirtUri(text: string): LibvirtUri {
  const parts = URI.exec(text)
  if (parts === null) {
    throw new PatchbayError({ code: 'usage', message: say('no-libvirt-uri', { text }), hint: EXAMPLES })
  }
  const [, scheme = '', authority = '', path = '', query, fragment] = parts
  // A password that somebody put there is not repeated on a screen or in a log.
  const fault = faultsOf(text.replace(/\/\/[^/?#@]*:[^/?#]*@/, '//…@'))
  const [driver = '', transport = authority === '' ? 'unix' : 'tls', more] = scheme.toLowerCase().split('+')
  if (driver !== 'qemu') throw fault.unsupported(say('patchbay-works-with-qemu-kvm'), EXAMPLES)
  if (more !== undefined) throw fault.wrong('scheme', say('names-two-transports', { scheme }))
  if (fragment !== undefined) throw fault.wrong('fragment', say('libvirt-uris-none'))
  const scope = scopeOf(path, fault)
  const parameters = new Parameters(query, fault)
  switch (transport) {
    case 'unix':
      return unixUri(authority, scope, parameters, fault)
    case 'ssh':
      return sshUri(authority, scope, parameters, fault)
    default:
      throw fault.unsupported(instead(transport), insteadHint(transport, authority, scope))
  }
}

/** The other computer that a URI leads to, as ssh knows it; null for this one, and for a URI that makes no sense. */
export function remoteHost(text: string): string | null {
  try {
    const uri = parseLibvirtUri(text)
    return uri.transport === 'ssh' ? uri.host : null
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return null
    throw thrown
  }
}

export const isRemote = (text: string): boolean => remoteHost(text) !== null

function unixUri(authority: string, scope: Scope, parameters: Parameters, fault: Faults): UnixUri {
  if (authority !== '') {
    throw fault.wrong('host', say('unix-socket-on-computer', { authority }))
  }
  const socket = parameters.path('socket')
  parameters.end()
  return { transport: 'unix', scope, socket }
}

function sshUri(authority: string, scope: Scope, parameters: Parameters, fault: Faults): SshUri {
  const [, user, host = '', port] = AUTHORITY.exec(authority) ?? []
  const uri: SshUri = {
    transport: 'ssh',
    scope,
    host: hostOf(host, fault),
    port: port === undefined ? null : portOf(port, fault),
    user: user === undefined ? null : userOf(user, fault),
    keyfile: parameters.path('keyfile'),
    socket: parameters.path('socket'),
    netcat: parameters.path('netcat'),
    mayAsk: !parameters.isOn('no_tty'),
  }
  parameters.end()
  return uri
}

function scopeOf(path: string, fault: Faults): Scope {
  if (path === '/system') return 'system'
  if (path === '/session') return 'session'
  throw fault.wrong('path', say('neither-system-nor-session', { path }))
}

function hostOf(text: string, fault: Faults): string {
  const address = BRACKETED.exec(text)?.[1]
  if (address !== undefined && isIPv6(address) && !address.includes('%')) return address
  if (text === '') throw fault.wrong('host', say('ssh-needs-to-know-computer'))
  if (!HOST.test(text)) throw fault.wrong('host', say('no-name-or-address', { text }))
  return text
}

function portOf(text: string, fault: Faults): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) throw fault.wrong('port', say('not-between-1-65535', { text }))
  return port
}

function userOf(text: string, fault: Faults): string {
  const user = decoded(text, 'user', fault)
  if (user.includes(':')) throw fault.wrong('user', say('password-no-place-in-uri'))
  if (!USER.test(user)) throw fault.wrong('user', say('no-user-name', { user }))
  return user
}

function decoded(text: string, field: string, fault: Faults): string {
  try {
    return decodeURIComponent(text)
  } catch (thrown) {
    if (thrown instanceof URIError) throw fault.wrong(field, say('has-a-stray', { text }))
    throw thrown
  }
}

/** The parameters of a URI, each of which has to be asked for. */
class Parameters {
  readonly #values = new Map<string, string>()
  readonly #known: string[] = []
  readonly #fault: Faults

  constructor(query: string | undefined, fault: Faults) {
    this.#fault = fault
    for (const pair of (query ?? '').split('&').filter(Boolean)) {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? []
      if (this.#values.has(name)) throw fault.wrong(name, say('given-twice'))
      this.#values.set(name, decoded(value, name, fault))
    }
  }

  /** An absolute path; null when it is not given. */
  path(name: string): string | null {
    this.#known.push(name)
    const value = this.#values.get(name)
    if (value === undefined) return null
    // eslint-disable-next-line no-control-regex -- exactly those are refused
    if (!value.startsWith('/') || /[\x00-\x1f\x7f]/.test(value)) {
      throw this.#fault.wrong(name, say('no-absolute-path', { value }))
    }
    if (name === 'socket' && Buffer.byteLength(value) > SOCKET_PATH_MAX) {
      throw this.#fault.wrong(name, say('path-socket-at-most-bytes', { most: SOCKET_PATH_MAX }))
    }
    return value
  }

  isOn(name: string): boolean {
    this.#known.push(name)
    const value = this.#values.get(name)
    if (value === undefined || value === '0') return false
    if (value === '1') return true
    throw this.#fault.wrong(name, say('neither-0-nor-1', { value }))
  }

  /** @throws PatchbayError for a parameter that nobody asked for */
  end(): void {
    for (const name of this.#values.keys()) {
      if (this.#known.includes(name)) continue
      throw this.#fault.wrong(
        name,
        say('patchbay-knows-no-such-parameter', { known: this.#known.join(', ') }),
      )
    }
  }
}

interface Faults {
  wrong: (field: string, problem: Text) => PatchbayError
  unsupported: (message: Text, hint: Text) => PatchbayError
}

const faultsOf = (uri: string): Faults => ({
  wrong: (field, problem) =>
    new PatchbayError({
      code: 'usage',
      message: say('libvirt-uri-wrong', { uri, field, problem }),
      hint: EXAMPLES,
    }),
  unsupported: (message, hint) =>
    new PatchbayError({
      code: 'unsupported',
      message: say('patchbay-cannot-connect', { uri, message }),
      hint,
    }),
})

function instead(transport: string): Text {
  switch (transport) {
    case 'tls':
      return say('does-not-speak-tls')
    case 'tcp':
      return say('plain-tcp-neither-encrypted-nor')
    case 'libssh':
    case 'libssh2':
      return say('uses-ssh-program-with-own')
    default:
      return say('knows-no-transport', { transport })
  }
}

function insteadHint(transport: string, authority: string, scope: Scope): Text {
  const known = ['tls', 'tcp', 'libssh', 'libssh2'].includes(transport) && authority !== ''
  // The port is the other protocol's, and a password is not repeated.
  const who = authority.replace(/:\d+$/, '').replace(/:.*@/, '@')
  return known ? say('use-qemu-ssh', { who, scope }) : EXAMPLES
}
