import { toFailure } from '../../shared/failure'
import type { OperationStep } from '../../shared/world/operation'
import type { Reporter, SwitchStep } from './move-nic'
import { type Text } from '../../shared/phrases/phrase'

/** Told of each step when it begins and when it ends. */
export type StepProgress = (step: SwitchStep, state: OperationStep['state'], detail: Text | null) => void

/** Runs steps and tells of them. */
export const reporter =
  (progress: StepProgress | undefined): Reporter =>
  async (name, work) => {
    progress?.(name, 'running', null)
    try {
      const detail = await work()
      progress?.(name, 'done', detail)
    } catch (thrown) {
      progress?.(name, 'failed', toFailure(thrown).message)
      throw thrown
    }
  }
