import type { Lab } from './types'
export interface GuestOptions {
  network?: string
}
export interface Guest {
  name: string
}
export function addGuest(_lab: Lab, name: string, _options?: GuestOptions): Promise<Guest> {
  return Promise.resolve({ name })
}
