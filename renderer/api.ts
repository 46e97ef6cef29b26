import { inject, type InjectionKey } from 'vue'
import type { PatchbayApi } from '../shared/ipc/contract'

/** Provided once in main.ts, so that stores and components can be tested with another one. */
export const apiKey: InjectionKey<PatchbayApi> = Symbol('patchbay api')

/** The way to the main process; only callable while a component or store is set up. */
export function useApi(): PatchbayApi {
  const api = inject(apiKey)
  if (api === undefined) throw new Error('The window was started without its connection to the main process')
  return api
}
