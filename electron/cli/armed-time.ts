import { PatchbayError } from '../../shared/failure'
import { ARMED_SECONDS } from '../../shared/helper/protocol'
import { textOf, type Input, type Option } from './command'

/** The option of everything that changes the host. */
export const timeoutOption: Option = {
  value: 'SECONDS',
  help: `armed time, after which the host goes back by itself (default: ${ARMED_SECONDS.usual})`,
}

/** The armed time that was asked for, or nothing. @throws PatchbayError `usage` */
export function armedTimeOf(input: Input): { timeoutSeconds?: number } {
  const text = textOf(input, 'timeout')
  if (text === undefined) return {}
  const { least, most } = ARMED_SECONDS
  const seconds = /^\d+$/.test(text) ? Number(text) : NaN
  if (seconds >= least && seconds <= most) return { timeoutSeconds: seconds }
  throw new PatchbayError({
    code: 'usage',
    message: `“${text}” is no armed time.`,
    hint: `Use a whole number of seconds from ${least} to ${most}.`,
  })
}
