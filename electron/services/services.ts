import { PatchbayError } from '../../shared/failure'
import type {
  NetworkChange,
  NetworkChangeEffect,
  NetworkPreview,
  NetworkWish,
} from '../../shared/world/network-wish'
import type { Operation } from '../../shared/world/operation'
import type { ReachAnswer } from '../../shared/reach/probe'
import { readDoctorFacts } from '../doctor/read/facts'
import { readOpenFiles } from '../host/records/open-files'
import { planBridgeHere } from '../host/bridge/plan-bridge'
import { readDigest } from '../host/records/transactions'
import type { Libvirt } from '../libvirt/libvirt'
import { replugCable } from '../machines/replug-cable'
import { switchNic } from '../machines/switch-nic'
import { openWorld, type OpenedWorld, type OpenWorldOptions, type Sources } from '../world/open-world'
import { thisComputer } from '../world/sources'
import type { WorldStore } from '../world/store'
import { beginChangeNetwork, planNetworkChange, type ChangeNetworkRequest } from './change-network'
import type { ConnectRequest, ReplugWish } from './connect'
import { beginCreateNetwork, previewNetwork } from './create-network'
import { beginDeleteNetwork, type DeleteNetworkRequest } from './delete-network'
import { elevate, helperCommand } from './elevation'
import { FixRecords } from './fix-records'
import { runHelper } from './helper-process'
import { hostServices, type HostParts, type HostServices } from './host-services'
import type { ConnectAll } from './make-way'
import { changeNetwork, type NetworkActionRequest } from './network-action'
import { ended } from './operations'
import { answerReach, reachSources, type ReachRequest } from './reach'
import type { Replug, Switch } from './switch'
import { Switching } from './switching'
import { say } from '../../shared/phrases/phrase'

export interface ServicesOptions {
  /** `qemu:///system` or another libvirt. */
  uri: string
  /** Whether ssh to another computer's libvirt may ask on the terminal; false unless told. */
  mayAsk?: boolean
  /** Absolute path of the bundled helper. */
  helper: string
  /** What to look at; everything unless told. */
  look?: Partial<OpenWorldOptions['look']>
  /** False for a single look at how things are; true unless told. */
  follow?: boolean
  /** Told in words of what could not be read while following. */
  onTrouble?: (message: string) => void
  /** Where the World comes from and what changes things; this computer unless told. */
  parts?: Parts
}

export interface Parts extends HostParts {
  sources: Sources
  switchNic: Switch
  /** The real one unless told. */
  replugCable?: Replug
}

const thisComputersParts = (mayAsk: boolean): Parts => ({
  sources: thisComputer(mayAsk),
  snapshots: { readDigest: (transaction) => readDigest(transaction), readOpenFiles },
  switchNic,
  replugCable,
  planBridge: ({ nic, bridge }) => planBridgeHere({ nic: nic ?? undefined, bridge: bridge ?? undefined }),
  runHelper: (file) => (request) => runHelper(elevate(helperCommand(file), request.verb), request),
  readDoctorFacts,
  fixRecords: new FixRecords(),
})

/**
 * The use cases, for the window, the tray and the command line alike. What takes time answers with the id of an
 * operation that the World shows; what can't be done is thrown as a `PatchbayError` before anything is changed.
 */
export interface Services extends HostServices {
  readonly world: WorldStore
  /** Plugs a machine's NIC into something else. @throws PatchbayError `not-found`, `usage`, `refused`, … */
  connect: (request: ConnectRequest) => string
  /** The same for several at once: all are begun, or none. */
  connectAll: (requests: readonly ConnectRequest[]) => string[]
  /** Pulls the cable of a running machine's NIC for long enough to be noticed, and puts it in again. @throws PatchbayError `refused`, … */
  replug: (request: ReplugWish) => string
  /** The same for several at once: all are begun, or none. */
  replugAll: (requests: readonly ReplugWish[]) => string[]
  /** Waits for no machine's address any longer; a cable that is out goes in at once. */
  endWaits: () => void
  /** Starts, stops or restarts a network, machines moved first where that was asked for. @throws PatchbayError `refused`, … */
  actOnNetwork: (request: NetworkActionRequest) => string
  /** What a libvirt network would be like. @throws PatchbayError `usage`, `refused`, with the field */
  previewNetwork: (wish: NetworkWish) => NetworkPreview
  /** Makes a libvirt network. @throws PatchbayError `usage`, `refused`, with the field */
  createNetwork: (wish: NetworkWish) => string
  /** Works out what a change of a libvirt network comes to, and what of it waits for the network's next start. */
  planNetworkChange: (change: NetworkChange) => Promise<NetworkChangeEffect>
  /** Changes a libvirt network, and restarts it where that was asked for. @throws PatchbayError `usage`, `refused`, `not-found`, with the field */
  changeNetwork: (request: ChangeNetworkRequest) => Promise<string>
  /** Deletes a libvirt network, machines moved first where that was asked for. @throws PatchbayError `refused`, … */
  deleteNetwork: (request: DeleteNetworkRequest) => string
  /** Who reaches whom and why, tried for real when asked; needs no root. @throws PatchbayError `not-found` */
  reach: (request: ReachRequest) => Promise<ReachAnswer>
  /** Resolves when the operation has ended. */
  ended: (operation: string) => Promise<Operation>
  retryLibvirt: () => null
  /** Ends everything; a change of the host under way is rolled back. */
  close: () => Promise<void>
}

/** Opens the World and the use cases over it. @throws PatchbayError when the host itself can't be looked at */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const { uri, helper, look, follow = true, mayAsk = false } = options
  const parts = options.parts ?? thisComputersParts(mayAsk)
  const onTrouble = options.onTrouble ?? printTrouble
  const everything = { libvirt: true, host: true, records: true }
  const opened = await openWorld({
    uri,
    sources: parts.sources,
    look: { ...everything, ...look },
    follow,
    onTrouble,
  })
  return servicesOver(opened, { helper, parts })
}

function servicesOver(opened: OpenedWorld, { helper, parts }: { helper: string; parts: Parts }): Services {
  const { store, libvirt } = opened
  const libvirtNow = (): Libvirt => libvirtOf(opened)
  const switching = new Switching(opened, { replugCable, ...parts })
  const connectAll: ConnectAll = (requests) => switching.connect(libvirtNow(), requests)
  const host = hostServices(opened, { helper, parts, libvirt: libvirtNow, connectAll })
  return {
    ...host.services,
    world: store,
    connect: (request) => first(switching.connect(libvirtNow(), [request])),
    connectAll,
    replug: (request) => first(switching.replug(libvirtNow(), [request])),
    replugAll: (requests) => switching.replug(libvirtNow(), requests),
    endWaits: () => switching.endWaits(),
    actOnNetwork: (request) => changeNetwork(opened, libvirtNow(), connectAll, request),
    previewNetwork: (wish) => previewNetwork(opened, wish),
    createNetwork: (wish) => beginCreateNetwork(opened, libvirtNow(), wish),
    planNetworkChange: async (change) => planNetworkChange(opened, libvirtNow(), change),
    changeNetwork: async (request) => beginChangeNetwork(opened, libvirtNow(), request),
    deleteNetwork: (request) =>
      beginDeleteNetwork(opened, libvirtNow(), (...args) => switching.connect(...args), request),
    reach: (request) =>
      answerReach(store.current, request, opened.computer === 'this' ? reachSources(libvirtNow) : null),
    ended: (operation) => ended(store, operation),
    retryLibvirt: () => {
      libvirt.retry()
      return null
    },
    close: async () => {
      await Promise.all([host.close(), switching.close()])
      await store.close()
    },
  }
}

function first([id]: readonly string[]): string {
  if (id === undefined) throw new RangeError('no switch was begun')
  return id
}

/** @throws PatchbayError saying why libvirt is away */
function libvirtOf({ libvirt: { session }, store }: OpenedWorld): Libvirt {
  if (session !== null) return session.libvirt
  const status = store.current.libvirt
  throw new PatchbayError(
    status.state === 'offline'
      ? status.failure
      : {
          code: 'libvirt-unreachable',
          message: say('connection-to-libvirt-not-yet'),
          hint: say('try-again'),
        },
  )
}

function printTrouble(message: string): void {
  console.error(`patchbay: ${message}`)
}
