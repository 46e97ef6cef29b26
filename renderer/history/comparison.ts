import { shallowRef, watch, type ShallowRef } from 'vue'
import type { Failure } from '../../shared/failure'
import type { SnapshotComparison } from '../../shared/snapshot/snapshot'
import { useApi } from '../api'
import { useWorldStore } from '../stores/world'

export interface Comparison {
  /** The latest one; it stays while it is made anew. */
  comparison: Readonly<ShallowRef<SnapshotComparison | null>>
  failure: Readonly<ShallowRef<Failure | null>>
  isComparing: Readonly<ShallowRef<boolean>>
  again: () => Promise<void>
}

/** Compares a snapshot with now, and again whenever the host or the list of changes has changed. */
export function useComparison(transaction: string): Comparison {
  const api = useApi()
  const worldStore = useWorldStore()
  const comparison = shallowRef<SnapshotComparison | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isComparing = shallowRef(false)
  let isStale = false

  /** One look at a time; what changes meanwhile is looked at once more. */
  async function again(): Promise<void> {
    isStale = true
    if (isComparing.value) return
    isComparing.value = true
    while (isStale) {
      isStale = false
      const result = await api.compareSnapshot({ transaction })
      failure.value = result.ok ? null : result.failure
      if (result.ok) comparison.value = result.value
    }
    isComparing.value = false
  }

  watch([() => worldStore.world?.host, () => worldStore.world?.transactions], () => void again(), {
    immediate: true,
  })
  return { comparison, failure, isComparing, again }
}
