import { PatchbayError, type FailureCode } from '../../shared/failure'
import type { RemoteError } from './wire'
import { say } from '../../shared/phrases/phrase'

/** virErrorNumber, the ones Patchbay tells apart (libvirt include/libvirt/virterror.h). */
export const ErrorCode = {
  noSupport: 3,
  operationFailed: 9,
  noDevice: 23,
  operationDenied: 29,
  noDomain: 42,
  noNetwork: 43,
  authFailed: 45,
  operationInvalid: 55,
  authCancelled: 79,
  operationUnsupported: 84,
  agentUnresponsive: 86,
  accessDenied: 88,
  deviceMissing: 99,
  authUnavailable: 94,
} as const

const NOT_PERMITTED: ReadonlySet<number> = new Set([
  ErrorCode.operationDenied,
  ErrorCode.authFailed,
  ErrorCode.authCancelled,
  ErrorCode.authUnavailable,
  ErrorCode.accessDenied,
])

/** What helps whoever may not use libvirt; also for a socket that refuses the user. */
export const PERMISSION_HINT = say('add-yourself-to-group-libvirt')

/** The daemon said no. `domain` and `code` are virErrorDomain and virErrorNumber. */
export class LibvirtError extends PatchbayError {
  readonly domain: number
  readonly code: number

  constructor(call: string, error: RemoteError) {
    const said = error.message ?? say('no-reason-given')
    const permitted = !NOT_PERMITTED.has(error.code)
    const code: FailureCode = permitted ? 'libvirt-error' : 'not-permitted'
    super({
      code,
      message: permitted ? say('libvirt-said', { said }) : say('libvirt-does-not-let-do', { said }),
      ...(permitted ? {} : { hint: PERMISSION_HINT }),
      detail: `${call}: libvirt error ${error.code} of domain ${error.domain}`,
    })
    this.name = 'LibvirtError'
    this.domain = error.domain
    this.code = error.code
  }
}

const hasCode =
  (code: number) =>
  (thrown: unknown): thrown is LibvirtError =>
    thrown instanceof LibvirtError && thrown.code === code

/** The machine is gone, or never was. */
export const isNoDomain = hasCode(ErrorCode.noDomain)
/** The network is gone, or never was. */
export const isNoNetwork = hasCode(ErrorCode.noNetwork)
/** Not in this state: a stopped machine, a network that already runs. */
export const isOperationInvalid = hasCode(ErrorCode.operationInvalid)
/** This driver or guest cannot do it. */
export const isUnsupported = (thrown: unknown): thrown is LibvirtError =>
  hasCode(ErrorCode.noSupport)(thrown) || hasCode(ErrorCode.operationUnsupported)(thrown)
