import { PatchbayError } from '../../shared/failure'
import type { Connection } from './connection'
import { say } from '../../shared/phrases/phrase'

/** remote_auth_type of remote_protocol.x. */
const AUTH_NONE = 0
const AUTH_POLKIT = 2

/** A person may have to find and type a password first: for polkit, or for the ssh in between. */
const PERSON_TIMEOUT_MS = 300_000
const TIMEOUT_MS = 60_000

/**
 * Shows the daemon who we are, in the way it asks for: nothing to do, or polkit, which looks at the socket's peer.
 * @param mayAsk whether a program on the way may be asking a person before the first answer comes
 * @throws LibvirtError `not-permitted` when polkit says no; PatchbayError `unsupported` for SASL.
 */
export async function authenticate(connection: Connection, mayAsk: boolean): Promise<void> {
  const timeoutMs = mayAsk ? PERSON_TIMEOUT_MS : TIMEOUT_MS
  const { types } = await connection.call('authList', {}, { timeoutMs })
  if (types.length === 0 || types.includes(AUTH_NONE)) return
  if (types.includes(AUTH_POLKIT)) {
    await connection.call('authPolkit', {}, { timeoutMs: PERSON_TIMEOUT_MS })
    return
  }
  throw new PatchbayError({
    code: 'unsupported',
    message: say('libvirt-daemon-asks-for-user'),
    hint: say('set-auth-unix-rw-polkit'),
    detail: `authentication types ${types.join(', ')}`,
  })
}
