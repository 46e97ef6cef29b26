import { domain, network } from './wire'
import { int, optional, string, struct, type Codec, type TypeOf } from './xdr'

/** The call that registers a kind of event, and the message that then arrives. */
interface EventKind<M> {
  driver: 'qemu' | 'network'
  /** virDomainEventID or virNetworkEventID. */
  id: number
  /** Procedure number of the message, in remote_protocol.x. */
  procedure: number
  message: Codec<M>
}

const event = <M>(
  driver: EventKind<M>['driver'],
  id: number,
  procedure: number,
  message: Codec<M>,
): EventKind<M> => ({ driver, id, procedure, message })

const device = struct({ callbackID: int, dom: domain, devAlias: string })

const kinds = {
  /** A machine was defined, started, stopped, …: `event` is a `DomainEvent`. */
  domainLifecycle: event('qemu', 0, 318, struct({ callbackID: int, dom: domain, event: int, detail: int })),
  deviceAdded: event('qemu', 19, 354, device),
  deviceRemoved: event('qemu', 15, 333, device),
  deviceRemovalFailed: event('qemu', 22, 367, device),
  /** What some program notes in a machine's definition was changed; `nsuri` says whose it is. */
  metadataChanged: event(
    'qemu',
    23,
    379,
    struct({ callbackID: int, dom: domain, type: int, nsuri: optional(string) }),
  ),
  /** The guest agent connected (`state` 1) or went away (2). */
  agentLifecycle: event('qemu', 18, 348, struct({ callbackID: int, dom: domain, state: int, reason: int })),
  /** A network was defined, started, stopped, …: `event` is a `NetworkEvent`. */
  networkLifecycle: event(
    'network',
    0,
    315,
    struct({ callbackID: int, net: network, event: int, detail: int }),
  ),
} as const

export type EventName = keyof typeof kinds
export type EventMessage<E extends EventName> = TypeOf<(typeof kinds)[E]['message']>

/** Every kind of event Patchbay listens to. libvirt has none for DHCP leases nor for an updated device. */
export const EVENTS: { readonly [E in EventName]: EventKind<EventMessage<E>> } = kinds

/** virDomainEventType. */
export const DomainEvent = {
  defined: 0,
  undefined: 1,
  started: 2,
  suspended: 3,
  resumed: 4,
  stopped: 5,
  shutdown: 6,
  pmSuspended: 7,
  crashed: 8,
} as const

/** virNetworkEventLifecycleType. */
export const NetworkEvent = { defined: 0, undefined: 1, started: 2, stopped: 3 } as const

/** REMOTE_PROC_CONNECT_EVENT_CONNECTION_CLOSED: the daemon lost the hypervisor behind it. */
export const CONNECTION_CLOSED = { procedure: 362, message: struct({ reason: int }) } as const
