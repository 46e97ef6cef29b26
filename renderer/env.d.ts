import type { PatchbayApi } from '../shared/ipc/contract'

declare global {
  interface Window {
    /** Put there by the preload script: the only way out of the window. */
    readonly patchbay: PatchbayApi
  }
}
