import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { troublesIn, unknownIn, type CheckId, type DoctorReport } from '../../shared/doctor/doctor'
import type { Failure } from '../../shared/failure'
import { isEnded } from '../../shared/world/operation'
import { useApi } from '../api'
import { t } from '../text'
import { useNoticesStore } from './notices'
import { useOperationsStore } from './operations'
import { useWorldStore } from './world'

/** What the doctor has found; looked at when the window opens, when libvirt comes or goes, when it is asked for, and after each fix. */
export const useHealthStore = defineStore('health', () => {
  const api = useApi()
  const operations = useOperationsStore()
  const notices = useNoticesStore()
  const worldStore = useWorldStore()
  const report = shallowRef<DoctorReport | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isLooking = ref(false)

  const troubles = computed(() => (report.value === null ? null : troublesIn(report.value)))
  /** Null before the first look. */
  const unknown = computed(() => (report.value === null ? null : unknownIn(report.value)))
  const underWay = computed(() =>
    operations.all.flatMap((operation) =>
      operation.subject.kind === 'doctor' && !isEnded(operation) ? [operation.subject] : [],
    ),
  )
  const isBusy = (check: CheckId, about: string): boolean =>
    underWay.value.some((subject) => subject.check === check && subject.about === about)

  let isStale = false

  /** One look at a time; what changes meanwhile is looked at once more. A look that fails leaves no report: what was so before may not be so now. */
  async function look(): Promise<void> {
    isStale = true
    if (isLooking.value) return
    isLooking.value = true
    while (isStale) {
      isStale = false
      const result = await api.examine()
      failure.value = result.ok ? null : result.failure
      report.value = result.ok ? result.value : null
    }
    isLooking.value = false
  }

  watch(
    () => worldStore.world?.libvirt.state,
    (state) => {
      if (state === 'connected' || state === 'offline') void look()
    },
    { immediate: true },
  )

  /** What is fixed or undone, here or from the command line's window, shows at once. */
  watch(
    () => underWay.value.length,
    (now, before) => {
      if (now < before && report.value !== null) void look()
    },
  )

  async function fix(check: CheckId, subject: string): Promise<void> {
    const result = await api.fix({ check, subject })
    if (!result.ok) notices.fail(t.health.failed, result.failure)
  }

  async function undo(check: CheckId, subject: string): Promise<void> {
    const result = await api.undoFix({ check, subject })
    if (!result.ok) notices.fail(t.health.undoFailed, result.failure)
  }

  return { report, failure, isLooking, troubles, unknown, isBusy, look, fix, undo }
})
