import fc, { type Arbitrary } from 'fast-check'
import type { Subnet } from '../../../../shared/world/world'
import { element, interleaved, maybe, type Markup } from './markup'
import { ipv4, ipv6, mac, orNull, port, text, visibleText, yesNo } from './text'

export interface GeneratedSubnet {
  markup: Markup
  /** Null for an `<ip>` without an address, which says nothing. */
  expected: Pick<Subnet, 'family' | 'address' | 'prefix' | 'dhcp'> | null
}

type Range = NonNullable<Subnet['dhcp']>

const lease = fc
  .tuple(fc.nat(9999), orNull(fc.constantFrom('seconds', 'minutes', 'hours')))
  .map(([expiry, unit]) => element('lease', { expiry, unit }))

const host = fc
  .tuple(mac, orNull(visibleText), ipv4, maybe(lease))
  .map(([address, name, ip, leases]) => element('host', { mac: address, name, ip }, ...leases))

const bootp = fc.tuple(visibleText, orNull(ipv4)).map(([file, server]) => element('bootp', { file, server }))

/** `<dhcp>` with its ranges, the first and the last of which the model tells. */
const dhcp = (address: Arbitrary<string>): Arbitrary<{ markup: Markup; range: Range | null }> =>
  fc
    .tuple(
      fc.array(fc.tuple(address, address, maybe(lease)), { maxLength: 3 }),
      interleaved(fc.array(host, { maxLength: 3 }), maybe(bootp)),
    )
    .map(([ranges, more]) => {
      const start = ranges.at(0)?.[0]
      const end = ranges.at(-1)?.[1]
      const markup = ranges.map(([from, to, leases]) => element('range', { start: from, end: to }, ...leases))
      return {
        markup: element('dhcp', {}, ...markup, ...more),
        range: start === undefined || end === undefined ? null : { start, end },
      }
    })

interface Length {
  prefix: number | null
  netmask: string | null
  expected: number | null
}

const maskOf = (prefix: number): string =>
  [24, 16, 8, 0].map((shift) => ((0xffffffff << (32 - prefix)) >>> shift) & 255).join('.')

/** How long the prefix is, as a number, as a mask, or not said. */
const lengthIn = (bits: number): Arbitrary<Length> =>
  fc.oneof(
    fc.constantFrom(
      { prefix: null, netmask: null, expected: null },
      { prefix: 0, netmask: null, expected: null },
    ),
    fc.integer({ min: 1, max: bits }).map((prefix) => ({ prefix, netmask: null, expected: prefix })),
    ...(bits === 32
      ? [
          fc
            .integer({ min: 1, max: 32 })
            .map((prefix) => ({ prefix: null, netmask: maskOf(prefix), expected: prefix })),
        ]
      : []),
  )

const classOf = (address: string): number => {
  const first = Number(address.split('.')[0])
  return first < 128 ? 8 : first < 192 ? 16 : 24
}

const subnetOf = (family: 4 | 6, address: Arbitrary<string>): Arbitrary<GeneratedSubnet> =>
  fc
    .record({
      address: orNull(address),
      family: family === 6 ? fc.constant('ipv6') : orNull(fc.constant('ipv4')),
      length: lengthIn(family === 6 ? 128 : 32),
      dhcp: orNull(dhcp(address)),
      tftp: maybe(text.map((root) => element('tftp', { root }))),
      localPtr: orNull(yesNo),
    })
    .map(
      ({
        address: own,
        family: said,
        length: { prefix, netmask, expected },
        dhcp: given,
        tftp,
        localPtr,
      }) => ({
        markup: element(
          'ip',
          { address: own, family: said, prefix, netmask, localPtr },
          ...tftp,
          ...(given === null ? [] : [given.markup]),
        ),
        expected:
          own === null
            ? null
            : {
                family,
                address: own,
                prefix: expected ?? (family === 6 ? 64 : classOf(own)),
                dhcp: given?.range ?? null,
              },
      }),
    )

export const subnet = fc.oneof(subnetOf(4, ipv4), subnetOf(6, ipv6))

const service = fc
  .tuple(visibleText, fc.constantFrom('tcp', 'udp'), orNull(text), orNull(port))
  .map(([name, protocol, target, at]) => element('srv', { service: name, protocol, target, port: at }))

/** `<dns>` with every record. */
export const dns = fc
  .tuple(
    orNull(yesNo),
    interleaved(
      fc.array(
        fc
          .tuple(orNull(ipv4), orNull(visibleText))
          .map(([addr, domain]) => element('forwarder', { addr, domain })),
        { maxLength: 2 },
      ),
      fc.array(
        fc.tuple(visibleText, text).map(([name, value]) => element('txt', { name, value })),
        { maxLength: 2 },
      ),
      fc.array(service, { maxLength: 2 }),
      fc.array(
        fc
          .tuple(ipv6, fc.array(visibleText, { minLength: 1, maxLength: 3 }))
          .map(([ip, names]) =>
            element('host', { ip }, ...names.map((name) => element('hostname', {}, name))),
          ),
        { maxLength: 2 },
      ),
    ),
  )
  .map(([enable, children]) => element('dns', { enable }, ...children))
