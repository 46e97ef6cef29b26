import { z } from 'zod'
import { linkName, transactionId } from './names'

/**
 * A small thing that Patchbay adds to the host beside its network configuration: it touches neither the uplink nor its
 * addresses, it is recorded by the root helper, put back at boot, and can be taken away again.
 */
const ipv4 = z.ipv4()
const port = z.number().int().min(1).max(65535)

export const hostAddition = z.discriminatedUnion('kind', [
  /** The host reaches machines on macvtap through a macvlan link of its own; `machines` are the addresses it leads to. */
  z.strictObject({ kind: z.literal('host-access'), link: linkName, machines: z.array(ipv4).min(1).max(64) }),
  /** A port of the host leads to a machine on a NAT network. */
  z.strictObject({
    kind: z.literal('port-forward'),
    protocol: z.enum(['tcp', 'udp']),
    hostPort: port,
    machine: ipv4,
    machinePort: port,
    /** The virtual bridge of the machine's network. */
    bridge: linkName,
  }),
  /** Forwarded packets of one bridge pass a firewall that drops them (Docker's FORWARD policy). */
  z.strictObject({ kind: z.literal('accept-forwarding'), bridge: linkName }),
  /** DHCP and DNS of one virtual bridge pass a closed INPUT chain. */
  z.strictObject({ kind: z.literal('accept-services'), bridge: linkName }),
  /** Packets inside a bridge no longer pass iptables: bridge-nf-call-* is 0, also when br_netfilter is loaded later. */
  z.strictObject({ kind: z.literal('bridge-past-iptables') }),
  /** A bridge of the host has no spanning tree, so that a machine plugged in is connected at once. */
  z.strictObject({ kind: z.literal('bridge-without-stp'), bridge: linkName }),
  /** Router advertisements count on that link although the host forwards (accept_ra = 2). */
  z.strictObject({ kind: z.literal('keep-router-advertisements'), link: linkName }),
  /** firewalld gets the zone `libvirt`. */
  z.strictObject({ kind: z.literal('firewalld-zone') }),
  /** NetworkManager leaves taps alone, and this one is put back into its bridge. */
  z.strictObject({ kind: z.literal('tap-in-bridge'), tap: linkName, bridge: linkName }),
  /** A virtual bridge that its network left behind goes away, when it has no port. */
  z.strictObject({ kind: z.literal('no-stale-bridge'), bridge: linkName }),
  /** The asking user (by PKEXEC_UID, never by name) joins the group `libvirt`. */
  z.strictObject({ kind: z.literal('libvirt-group') }),
])

export type HostAddition = z.infer<typeof hostAddition>

/** What the helper tells about each that is in force; readable by everybody. */
export const recordedAddition = z.strictObject({
  /** Sorts by time, as the ids of transactions do. */
  id: transactionId,
  addition: hostAddition,
  /** Milliseconds since 1970. */
  addedAt: z.number(),
})

export type RecordedAddition = z.infer<typeof recordedAddition>

/** Those of one kind. */
export type AdditionOf<K extends HostAddition['kind']> = Extract<HostAddition, { kind: K }>

/** Whether two say the same; adding one twice is adding it once. */
export const isSameAddition = (a: HostAddition, b: HostAddition): boolean =>
  JSON.stringify(hostAddition.parse(a)) === JSON.stringify(hostAddition.parse(b))
