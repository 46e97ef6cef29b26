import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { troublesIn, type CheckId, type DoctorReport } from '../../shared/doctor'
import type { Failure } from '../../shared/failure'
import { isEnded } from '../../shared/operation'
import { useApi } from '../api'
import { t } from '../text'
import { useNoticesStore } from './notices'
import { useOperationsStore } from './operations'

/** What the doctor has found; looked at when it is asked for, and after each of its fixes. */
export const useHealthStore = defineStore('health', () => {
  const api = useApi()
  const operations = useOperationsStore()
  const notices = useNoticesStore()
  const report = shallowRef<DoctorReport | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isLooking = ref(false)

  const troubles = computed(() => (report.value === null ? null : troublesIn(report.value)))
  const underWay = computed(() =>
    operations.all.flatMap((operation) =>
      operation.subject.kind === 'doctor' && !isEnded(operation) ? [operation.subject] : [],
    ),
  )
  const isBusy = (check: CheckId, about: string): boolean =>
    underWay.value.some((subject) => subject.check === check && subject.about === about)

  async function look(): Promise<void> {
    isLooking.value = true
    const result = await api.examine()
    isLooking.value = false
    failure.value = result.ok ? null : result.failure
    if (result.ok) report.value = result.value
  }

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

  return { report, failure, isLooking, troubles, isBusy, look, fix, undo }
})
