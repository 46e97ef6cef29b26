import { computed, ref, type ComputedRef } from 'vue'
import type { Failure } from '../../shared/failure'
import type { Operation } from '../../shared/world/operation'
import type { Result } from '../../shared/result'
import { useOperationsStore } from '../stores/operations'

export interface BridgeWork {
  /** Begun here or found under way, ended or not. */
  isBegun: ComputedRef<boolean>
  /** Null until the main process has put it into the World. */
  operation: ComputedRef<Operation | null>
  /** Begins with the call that answers with the operation's id; gives the reason when it could not begin. */
  begin: (call: Promise<Result<string>>) => Promise<Failure | null>
  /** Back to before the beginning. */
  reset: () => void
}

/** Follows one bridge operation in the World; `underWay` is one that somebody else has begun. */
export function useBridgeWork(underWay: () => Operation | null): BridgeWork {
  const operations = useOperationsStore()
  const isAsked = ref(false)
  const id = ref(underWay()?.id ?? null)

  async function begin(call: Promise<Result<string>>): Promise<Failure | null> {
    isAsked.value = true
    const result = await call
    if (result.ok) {
      id.value = result.value
      return null
    }
    reset()
    return result.failure
  }

  function reset(): void {
    isAsked.value = false
    id.value = null
  }

  return {
    isBegun: computed(() => isAsked.value || id.value !== null),
    operation: computed(() => (id.value === null ? null : operations.byId(id.value))),
    begin,
    reset,
  }
}
