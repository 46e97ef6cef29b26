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
} from '../shared/ipc/contract'
import type { Result } from '../shared/result'

/**
 * The bridge between the sandboxed window and the main process: one named function per channel, nothing generic.
 * Names and types come from `shared/ipc/contract.ts`; this file imports only types, so that the schemas stay out of the window.
 */
const ask =
  <C extends Channel>(channel: C) =>
  (request: Request<C>): Promise<Result<Responses[C]>> =>
    ipcRenderer.invoke(channel, request)

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

const worldPatch: typeof WORLD_PATCH = 'world:patch'
const show: typeof SHOW = 'show'

const getWorld = ask('world:get')
const examine = ask('doctor:report')
const retryLibvirt = ask('libvirt:retry')

const api: PatchbayApi = {
  getWorld: () => getWorld(undefined),
  connect: ask('machine:connect'),
  connectAll: ask('machine:connect-all'),
  replug: ask('machine:replug'),
  actOnNetwork: ask('network:act'),
  previewNetwork: ask('network:preview'),
  createNetwork: ask('network:create'),
  planNetworkChange: ask('network:plan-change'),
  changeNetwork: ask('network:change'),
  deleteNetwork: ask('network:delete'),
  tryReach: ask('reach:try'),
  addToHost: ask('addition:add'),
  removeFromHost: ask('addition:remove'),
  examine: () => examine(undefined),
  fix: ask('doctor:fix'),
  undoFix: ask('doctor:undo'),
  planBridge: ask('bridge:plan'),
  createBridge: ask('bridge:create'),
  compareSnapshot: ask('snapshot:compare'),
  restoreSnapshot: ask('snapshot:restore'),
  keep: ask('operation:keep'),
  revert: ask('operation:revert'),
  retryLibvirt: () => retryLibvirt(undefined),
  onWorldPatch: (listener) => listen(worldPatch, listener),
  onShow: (listener) => listen(show, listener),
}

contextBridge.exposeInMainWorld('patchbay', api)
