import { z } from 'zod'
import { linkName } from '../helper/names'

/** A port of this computer as it is typed (`8080`, `53/udp`), that leads to a port of a machine; empty for the same. */
const portForward = z.strictObject({
  kind: z.literal('port-forward'),
  port: z.string().max(64),
  machine: z.ipv4(),
  machinePort: z.string().max(64),
})

/** This computer reaches a machine that is on macvtap of a card, by its address as it is typed. */
const hostAccess = z.strictObject({
  kind: z.literal('host-access'),
  link: linkName,
  machine: z.string().max(64),
})

/** What the window may ask to be added to the host. Only the form is checked here; what it means is up to the service. */
export const additionWish = z.discriminatedUnion('kind', [portForward, hostAccess])

export type AdditionWish = z.infer<typeof additionWish>
