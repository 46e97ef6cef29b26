import { contextBridge, ipcRenderer } from 'electron'
import type { Functions, PatchbayApi, Show, WorldPatch } from '../shared/ipc/contract'
import { functions, SHOW, WORLD_PATCH } from '../shared/ipc/functions'

/** The bridge between the sandboxed window and the main process: one named function for each channel, nothing generic. */
const asking = Object.fromEntries(
  Object.entries(functions).map(([name, channel]) => [
    name,
    (request: unknown): Promise<unknown> => ipcRenderer.invoke(channel, request),
  ]),
) as unknown as Functions

/** What the main process pushes, by channel. */
interface Pushed {
  [WORLD_PATCH]: WorldPatch
  [SHOW]: Show
}

/** Passes on what is pushed, without the event object, which would leak `ipcRenderer`. */
function listen<C extends keyof Pushed>(channel: C, listener: (value: Pushed[C]) => void): () => void {
  const receive = (_event: unknown, value: Pushed[C]): void => listener(value)
  ipcRenderer.on(channel, receive)
  return () => ipcRenderer.removeListener(channel, receive)
}

const api: PatchbayApi = {
  ...asking,
  onWorldPatch: (listener) => listen(WORLD_PATCH, listener),
  onShow: (listener) => listen(SHOW, listener),
}

contextBridge.exposeInMainWorld('patchbay', api)
