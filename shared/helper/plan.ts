import type { Failure } from '../failure'
import type { Address, HostManager, Route } from '../world/host'
import { type Text } from '../phrases/phrase'

/** Who carries the change out: the network manager that really has the NIC, or the kernel alone. */
export const BACKEND_NAMES = ['networkmanager', 'systemd-networkd', 'ifupdown', 'kernel'] as const
export type BackendName = (typeof BACKEND_NAMES)[number]

/** What would change on the host, worked out without root and shown before the prompt. */
export interface BridgePlan {
  nic: string
  bridge: string
  /** Who manages the NIC; netplan has its work done by one of the backends. */
  manager: HostManager
  backend: BackendName
  /** Whether the bridge is there after a reboot. */
  lasting: boolean
  /** Hash of the host state the plan was made from; the helper refuses when it finds another. */
  hostHash: string
  /** The same two lists, side by side: what carries what now, and afterwards. */
  before: readonly PlanRow[]
  after: readonly PlanRow[]
  /** Everything that moves from the NIC to the bridge. */
  moves: {
    mac: string
    mtu: number
    addresses: readonly Address[]
    routes: readonly Route[]
    dns: readonly string[]
    search: readonly string[]
  }
  /** The exact changes, in order. */
  changes: readonly PlanChange[]
  /** What could go wrong here, and what is good to know. */
  notices: readonly PlanNotice[]
  /** How the change is undone, in one sentence. */
  undo: Text
  /** How long the network is expected to be gone, in milliseconds. */
  expectedGapMs: number
  /** True when the user is connected over the network, so that keeping the change must be confirmed. */
  remote: boolean
}

export interface PlanRow {
  /** The link: `enp3s0`, `br0`. */
  link: string
  /** What it is: "network card", "bridge, port enp3s0". */
  role: Text
  /** `10.77.0.50/24 from the router`, … */
  lines: readonly Text[]
}

export interface PlanChange {
  text: Text
  /** The file or profile it concerns. */
  target: string
}

export interface PlanNotice {
  severity: 'good' | 'info' | 'warning'
  text: Text
}

export type PlanOutcome =
  | { kind: 'plan'; plan: BridgePlan }
  /** Can't work: the reason in `failure.message`, the way out in `failure.hint`. */
  | { kind: 'refused'; failure: Failure }
