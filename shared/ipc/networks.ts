import { z } from 'zod'
import { NEW_KINDS, type NetworkChange, type NetworkWish } from '../world/network-wish'
import { MACVTAP_MODES } from '../world/machine'

/** What the window may say of networks. Only the form is checked here; what it means is the planner's, which names the field. */
const text = z.string().min(1).max(256)
const optional = text.nullable()

const address = { subnet: optional, dhcp: optional, ipv6: optional, domain: optional, mtu: optional }

export const networkWish = z.strictObject({
  ...address,
  name: z.string().max(256),
  kind: z.enum(NEW_KINDS),
  bridge: optional,
  links: z.array(text).max(16).readonly(),
  mode: z.enum(MACVTAP_MODES).nullable(),
  dns: z.boolean(),
  isolatedPorts: z.boolean(),
  start: z.boolean(),
  autostart: z.boolean(),
}) satisfies z.ZodType<NetworkWish>

export const networkChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('settings'),
    network: text,
    ...address,
    isolatedPorts: z.boolean().nullable(),
  }),
  z.strictObject({
    kind: z.literal('add-lease'),
    network: text,
    ip: text,
    mac: optional,
    name: optional,
  }),
  z.strictObject({ kind: z.literal('remove-lease'), network: text, which: text }),
  z.strictObject({
    kind: z.literal('add-host'),
    network: text,
    ip: text,
    names: z.array(text).max(16).readonly(),
  }),
  z.strictObject({ kind: z.literal('remove-host'), network: text, which: text }),
]) satisfies z.ZodType<NetworkChange>

/** `restart`: in the same go, where something waits for that. */
export const networkChangeRequest = z.strictObject({ change: networkChange, restart: z.boolean() })
