import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Failure } from '../../shared/failure'
import { inWords } from '../text'

export interface Toast {
  id: number
  title: string
  failure: Failure
}

/** What the window says by itself: errors that stay until dismissed, and words for the screen reader. */
export const useNoticesStore = defineStore('notices', () => {
  const toasts = ref<Toast[]>([])
  const spoken = ref('')
  let count = 0

  /** Shows an error until it is dismissed; the same one again stays one, the oldest goes when there are more than three. */
  function fail(title: string, failure: Failure): void {
    count += 1
    const others = toasts.value.filter(
      (toast) => toast.title !== title || inWords(toast.failure.message) !== inWords(failure.message),
    )
    toasts.value = [...others, { id: count, title, failure }].slice(-3)
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  /** Said politely by a screen reader, shown nowhere. */
  function say(text: string): void {
    spoken.value = text
  }

  return { toasts, spoken, fail, dismiss, say }
})
