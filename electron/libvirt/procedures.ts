import { QEMU_PROGRAM, REMOTE_PROGRAM } from './packet'
import { autostart, dhcpLease, domain, domainInterface, domainList, network, networkList, uuid } from './wire'
import {
  array,
  bool,
  int,
  nothing,
  optional,
  string,
  struct,
  uhyper,
  uint,
  type Codec,
  type TypeOf,
} from './xdr'

/** Which daemon serves a call where libvirt runs as several daemons: virtqemud or virtnetworkd. */
export type Driver = 'qemu' | 'network'

export interface Procedure<A, R> {
  /** REMOTE_PROGRAM, or the one that knows what is QEMU's alone. */
  program: number
  number: number
  driver: Driver
  args: Codec<A>
  ret: Codec<R>
}

const call =
  (driver: Driver, program: number = REMOTE_PROGRAM) =>
  <A, R>(number: number, args: Codec<A>, ret: Codec<R>): Procedure<A, R> => ({
    ...{ program, number, driver },
    ...{ args, ret },
  })

const qemu = call('qemu')
const qemuOnly = call('qemu', QEMU_PROGRAM)
const net = call('network')

const dom = struct({ dom: domain })
const domFlags = struct({ dom: domain, flags: uint })
const device = struct({ dom: domain, xml: string, flags: uint })
const netOnly = struct({ net: network })
const xml = struct({ xml: string })

const table = {
  // Connection
  authList: qemu(66, nothing, struct({ types: array(int, 20) })),
  authPolkit: qemu(70, nothing, struct({ complete: int })),
  connectOpen: qemu(1, struct({ name: optional(string), flags: uint }), nothing),
  connectClose: qemu(2, nothing, nothing),
  connectGetVersion: qemu(4, nothing, struct({ version: uhyper })),
  connectGetLibVersion: qemu(157, nothing, struct({ version: uhyper })),
  connectGetHostname: qemu(59, nothing, struct({ hostname: string })),
  connectGetUri: qemu(110, nothing, struct({ uri: string })),
  connectGetCapabilities: qemu(7, nothing, struct({ capabilities: string })),
  connectSupportsFeature: qemu(60, struct({ feature: int }), struct({ supported: bool })),
  connectRegisterCloseCallback: qemu(360, nothing, nothing),
  connectUnregisterCloseCallback: qemu(361, nothing, nothing),
  nodeGetInfo: qemu(
    6,
    nothing,
    struct({
      model: charArray(32),
      memoryKiB: uhyper,
      cpus: int,
      mhz: int,
      nodes: int,
      sockets: int,
      cores: int,
      threads: int,
    }),
  ),

  // Domains
  connectListAllDomains: qemu(
    273,
    struct({ needResults: bool, flags: uint }),
    struct({ domains: domainList, count: uint }),
  ),
  domainLookupByName: qemu(23, struct({ name: string }), dom),
  domainLookupByUuid: qemu(24, struct({ uuid }), dom),
  domainGetXmlDesc: qemu(14, domFlags, xml),
  domainGetState: qemu(212, domFlags, struct({ state: int, reason: int })),
  domainIsPersistent: qemu(151, dom, struct({ persistent: bool })),
  domainGetAutostart: qemu(15, dom, autostart),
  domainSetAutostart: qemu(29, struct({ dom: domain, autostart: bool }), nothing),
  domainDefineXmlFlags: qemu(350, struct({ xml: string, flags: uint }), dom),
  domainCreateXml: qemu(10, struct({ xml: string, flags: uint }), dom),
  domainCreateWithFlags: qemu(196, domFlags, dom),
  domainDestroyFlags: qemu(234, domFlags, nothing),
  domainShutdownFlags: qemu(258, domFlags, nothing),
  domainUndefineFlags: qemu(231, domFlags, nothing),
  domainAttachDeviceFlags: qemu(160, device, nothing),
  domainDetachDeviceFlags: qemu(161, device, nothing),
  domainUpdateDeviceFlags: qemu(174, device, nothing),
  domainSetMetadata: qemu(
    264,
    struct({
      dom: domain,
      type: int,
      metadata: optional(string),
      key: optional(string),
      uri: optional(string),
      flags: uint,
    }),
    nothing,
  ),
  domainInterfaceAddresses: qemu(
    353,
    struct({ dom: domain, source: uint, flags: uint }),
    struct({ ifaces: array(domainInterface, 2048) }),
  ),

  /** src/remote/qemu_protocol.x; `timeout` in seconds, or -2 to wait for ever and -1 for the usual time. */
  domainAgentCommand: qemuOnly(
    3,
    struct({ dom: domain, cmd: string, timeout: int, flags: uint }),
    struct({ result: optional(string) }),
  ),

  // Networks
  connectListAllNetworks: net(
    283,
    struct({ needResults: bool, flags: uint }),
    struct({ nets: networkList, count: uint }),
  ),
  networkLookupByName: net(46, struct({ name: string }), netOnly),
  networkLookupByUuid: net(47, struct({ uuid }), netOnly),
  networkGetXmlDesc: net(43, struct({ net: network, flags: uint }), xml),
  networkIsActive: net(152, netOnly, struct({ active: bool })),
  networkIsPersistent: net(153, netOnly, struct({ persistent: bool })),
  networkGetAutostart: net(44, netOnly, autostart),
  networkSetAutostart: net(48, struct({ net: network, autostart: bool }), nothing),
  networkGetBridgeName: net(45, netOnly, struct({ name: string })),
  networkDefineXml: net(41, xml, netOnly),
  networkCreateXml: net(40, xml, netOnly),
  networkCreate: net(39, netOnly, nothing),
  networkDestroy: net(42, netOnly, nothing),
  networkUndefine: net(49, netOnly, nothing),
  networkUpdate: net(
    291,
    struct({ net: network, command: uint, section: uint, parentIndex: int, xml: string, flags: uint }),
    nothing,
  ),
  networkGetDhcpLeases: net(
    341,
    struct({ net: network, mac: optional(string), needResults: bool, flags: uint }),
    struct({ leases: array(dhcpLease, 65_536), count: uint }),
  ),

  // Events: one callback per kind and connection, see events.ts
  domainEventRegister: qemu(
    316,
    struct({ eventID: int, dom: optional(domain) }),
    struct({ callbackID: int }),
  ),
  domainEventDeregister: qemu(317, struct({ callbackID: int }), nothing),
  networkEventRegister: net(
    313,
    struct({ eventID: int, net: optional(network) }),
    struct({ callbackID: int }),
  ),
  networkEventDeregister: net(314, struct({ callbackID: int }), nothing),
} as const

type Table = typeof table
export type ProcedureName = keyof Table
export type ArgsOf<N extends ProcedureName> = TypeOf<Table[N]['args']>
export type ReturnOf<N extends ProcedureName> = TypeOf<Table[N]['ret']>

/**
 * The calls Patchbay makes of libvirt's remote program: number, daemon, arguments, answer.
 * Source: libvirt src/remote/remote_protocol.x, `enum remote_procedure` and the structs named after each call.
 */
export const PROCEDURES: { readonly [N in ProcedureName]: Procedure<ArgsOf<N>, ReturnOf<N>> } = table

/** `char[n]` of nodeGetInfo: XDR sends every character as a four-byte int, up to the first zero one. */
function charArray(length: number): Codec<string> {
  return {
    encode: (writer, value) => {
      const bytes = Buffer.alloc(length)
      bytes.write(value, 'latin1')
      for (const byte of bytes) writer.int(byte)
    },
    decode: (reader) => {
      const codes = Array.from({ length }, () => reader.int() & 0xff)
      const end = codes.indexOf(0)
      return String.fromCharCode(...(end === -1 ? codes : codes.slice(0, end)))
    },
  }
}
