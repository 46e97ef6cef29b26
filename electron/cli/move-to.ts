import { PatchbayError } from '../../shared/failure'
import { parseTarget, type Target } from '../../shared/world/target'
import { textOf, type Input, type Option } from './command'

export const moveToOption: Option = { value: 'TO', help: 'plug machines that use it into TO first' }

/** Where machines that are in the way go first; null when that was not asked for. @throws PatchbayError `usage` */
export function moveToOf(input: Input): Target | null {
  const text = textOf(input, 'move-to')
  if (text === undefined) return null
  const target = parseTarget(text)
  if (target.ok) return target.value
  throw new PatchbayError(target.failure)
}
