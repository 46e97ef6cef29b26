import { contextBridge, ipcRenderer } from 'electron'
import type {
  Channel,
  PatchbayApi,
  Request,
  Responses,
  SHOW,
  Show,
  WORLD_PATCH,
  WorldPatch,
} from '../shared/ipc'
import type { Result } from '../shared/result'

/**
 * The bridge between the sandboxed window and the main process: one named function per channel, nothing generic.
 * Names and types come from `shared/ipc.ts`; this file imports only types, so that the schemas stay out of the window.
 */
const ask =
  <C extends Channel>(channel: C) =>
  (request: Request<C>): Promise<Result<Responses[C]>> =>
    ipcRenderer.invoke(channel, request)

/** Passes on what the main process pushes, without the event object, which would leak `ipcRenderer`. */
function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const receive = (_event: unknown, value: T): void => listener(value)
  ipcRenderer.on(channel, receive)
  return () => ipcRenderer.removeListener(channel, receive)
}

const worldPatch: typeof WORLD_PATCH = 'world:patch'
const show: typeof SHOW = 'show'

const getWorld = ask('world:get')
const retryLibvirt = ask('libvirt:retry')

const api: PatchbayApi = {
  getWorld: () => getWorld(undefined),
  connect: ask('machine:connect'),
  actOnNetwork: ask('network:act'),
  planBridge: ask('bridge:plan'),
  createBridge: ask('bridge:create'),
  undoBridge: ask('bridge:undo'),
  keep: ask('operation:keep'),
  revert: ask('operation:revert'),
  retryLibvirt: () => retryLibvirt(undefined),
  onWorldPatch: (listener) => listen<WorldPatch>(worldPatch, listener),
  onShow: (listener) => listen<Show>(show, listener),
}

contextBridge.exposeInMainWorld('patchbay', api)
