import {
  array,
  bool,
  hyper,
  int,
  opaque,
  optional,
  string,
  struct,
  uint,
  type Codec,
  type TypeOf,
} from './xdr'

/**
 * The shapes that several calls share, as libvirt's src/remote/remote_protocol.x has them
 * (unchanged from 1.2.14 to today; the wire format is stable).
 */

const rawUuid = opaque(16)

/** A UUID, as the text everybody knows it by: lower case, with dashes. */
export const uuid: Codec<string> = {
  encode: (writer, value) => {
    const bytes = Buffer.from(value.replaceAll('-', ''), 'hex')
    rawUuid.encode(writer, bytes)
  },
  decode: (reader) => {
    const hex = rawUuid.decode(reader).toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  },
}

/** remote_nonnull_domain. The daemon finds a domain by its UUID; `id` is -1 while it does not run. */
export const domain = struct({ name: string, uuid, id: int })
export type Domain = TypeOf<typeof domain>

/** remote_nonnull_network. */
export const network = struct({ name: string, uuid })
export type NetworkRef = TypeOf<typeof network>

/** remote_error: `domain` and `code` are virErrorDomain and virErrorNumber of virterror.h. */
export const remoteError = struct({
  code: int,
  domain: int,
  message: optional(string),
  level: int,
  dom: optional(domain),
  str1: optional(string),
  str2: optional(string),
  str3: optional(string),
  int1: int,
  int2: int,
  net: optional(network),
})
export type RemoteError = TypeOf<typeof remoteError>

/** remote_domain_interface: a guest's interface with its addresses; type 0 is IPv4, 1 is IPv6. */
export const domainInterface = struct({
  name: string,
  hwaddr: optional(string),
  addrs: array(struct({ type: int, addr: string, prefix: uint }), 2048),
})

/** remote_network_dhcp_lease; `expirytime` in seconds since 1970, 0 for ever. */
export const dhcpLease = struct({
  iface: string,
  expirytime: hyper,
  type: int,
  mac: optional(string),
  iaid: optional(string),
  ipaddr: string,
  prefix: uint,
  hostname: optional(string),
  clientid: optional(string),
})
export type DhcpLease = TypeOf<typeof dhcpLease>

export const domainList = array(domain, 16_384)
export const networkList = array(network, 16_384)
export const autostart = struct({ autostart: bool })
