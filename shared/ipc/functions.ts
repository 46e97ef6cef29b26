/**
 * The functions of `window.patchbay` that ask the main process, each with its channel. A file of its own, for the preload script: so
 * the schemas of the requests stay out of the window.
 */
export const functions = {
  getWorld: 'world:get',
  connect: 'machine:connect',
  connectAll: 'machine:connect-all',
  replug: 'machine:replug',
  actOnNetwork: 'network:act',
  previewNetwork: 'network:preview',
  createNetwork: 'network:create',
  planNetworkChange: 'network:plan-change',
  changeNetwork: 'network:change',
  deleteNetwork: 'network:delete',
  tryReach: 'reach:try',
  addToHost: 'addition:add',
  removeFromHost: 'addition:remove',
  examine: 'doctor:report',
  fix: 'doctor:fix',
  undoFix: 'doctor:undo',
  planBridge: 'bridge:plan',
  createBridge: 'bridge:create',
  compareSnapshot: 'snapshot:compare',
  restoreSnapshot: 'snapshot:restore',
  keep: 'operation:keep',
  revert: 'operation:revert',
  retryLibvirt: 'libvirt:retry',
} as const

export type FunctionName = keyof typeof functions
export type Channel = (typeof functions)[FunctionName]

/** The only push channel. */
export const WORLD_PATCH = 'world:patch'
/** The tray or a second start asks the window to show something. */
export const SHOW = 'show'
