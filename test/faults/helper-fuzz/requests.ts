import fc from 'fast-check'
import type { Pairs, Request } from './attack'
import { objectOf } from './attack'

const quoted = (text: string): string => JSON.stringify(text)

/** `count` digits to the base `base`. */
const digits = (count: number, base: 10 | 16 = 10): fc.Arbitrary<string> =>
  fc
    .array(fc.nat(base - 1), { minLength: count, maxLength: count })
    .map((values) => values.map((value) => value.toString(base)).join(''))

/** Ids that are well formed; none is that of a change. */
const unknownId = fc
  .tuple(digits(8), digits(6), digits(4, 16))
  .map(([date, time, tail]) => quoted(`${date}-${time}-${tail}`))

const armed: fc.Arbitrary<Pairs> = fc
  .tuple(fc.constantFrom('auto', 'ask'), fc.integer({ min: 10, max: 600 }))
  .map(([confirm, seconds]) => [
    ['"version"', '1'],
    ['"confirm"', quoted(confirm)],
    ['"timeoutSeconds"', String(seconds)],
  ])

/** The hash of a host's state with one digit changed, or any other. */
function wrongHash(right: string): fc.Arbitrary<string> {
  const near = fc.nat(right.length - 1).map((at) => {
    const other = ((parseInt(right.charAt(at), 16) + 1) % 16).toString(16)
    return `${right.slice(0, at)}${other}${right.slice(at + 1)}`
  })
  return fc.oneof(
    near,
    digits(64, 16).filter((hash) => hash !== right),
  )
}

/** Links that are there and that are not; names that are good and yet mean something elsewhere. */
const oddNames = fc.constantFrom(
  'enp3s0',
  'lo',
  'br0',
  'all',
  'default',
  'constructor',
  'toString',
  'null',
  'none',
  'a..b',
  'x-.',
)

const withNames = fc.oneof(fc.constant(['enp3s0', 'br0'] as const), fc.tuple(oddNames, oddNames))

const port = fc.integer({ min: 1, max: 65_535 }).map(String)

/** Additions that nothing on the host fits: no bridge of theirs is there, no tap, no card with a macvtap. */
const addition: fc.Arbitrary<Pairs> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('accept-forwarding', 'accept-services', 'bridge-without-stp', 'no-stale-bridge'),
      oddNames,
    )
    .map(([kind, bridge]): Pairs => [
      ['"kind"', quoted(kind)],
      ['"bridge"', quoted(bridge)],
    ]),
  fc.tuple(oddNames, oddNames).map(([tap, bridge]): Pairs => [
    ['"kind"', '"tap-in-bridge"'],
    ['"tap"', quoted(tap)],
    ['"bridge"', quoted(bridge)],
  ]),
  fc
    .tuple(fc.constantFrom('tcp', 'udp'), port, port, oddNames)
    .map(([protocol, hostPort, machinePort, bridge]): Pairs => [
      ['"kind"', '"port-forward"'],
      ['"protocol"', quoted(protocol)],
      ['"hostPort"', hostPort],
      ['"machine"', '"192.168.122.50"'],
      ['"machinePort"', machinePort],
      ['"bridge"', quoted(bridge)],
    ]),
  oddNames
    .filter((name) => name !== 'enp3s0')
    .map((link): Pairs => [
      ['"kind"', '"host-access"'],
      ['"link"', quoted(link)],
      ['"machines"', '["10.77.0.60"]'],
    ]),
)

/** Requests that are understood. `hash` is the host's, which none of them has. */
export function understood(hash: string): Record<Request['verb'], fc.Arbitrary<Request>> {
  const status = fc.constant<Request>({ verb: 'status', pairs: [['"version"', '1']], outcomes: ['status'] })
  // A safety net that finds no change of its own has nothing to do, and is told so.
  const rollback = fc.tuple(fc.option(unknownId), fc.boolean()).map(([id, atBoot]): Request => ({
    verb: 'rollback',
    pairs: [
      ['"version"', '1'],
      ...(id === null ? [] : [['"transaction"', id] as const]),
      ...(atBoot ? [['"boot"', 'true'] as const] : []),
    ],
    outcomes: ['status'],
  }))
  const undo = fc.tuple(armed, unknownId).map(([common, id]): Request => ({
    verb: 'undo',
    pairs: [...common, ['"transaction"', id]],
    outcomes: ['not-found'],
  }))
  const apply = fc
    .tuple(armed, wrongHash(hash), withNames)
    .map(([common, wrong, [nic, bridge]]): Request => ({
      verb: 'apply',
      pairs: [
        ...common,
        [
          '"intent"',
          objectOf([
            ['"kind"', '"create-bridge"'],
            ['"nic"', quoted(nic)],
            ['"bridge"', quoted(bridge)],
          ]),
        ],
        ['"hostHash"', quoted(wrong)],
      ],
      // A name may be well formed and yet mean something else to the kernel: `usage`.
      outcomes: ['host-changed', 'refused', 'not-found', 'usage'],
    }))
  const restore = fc.constant<Request>({
    ...{ verb: 'restore', pairs: [['"version"', '1']], outcomes: ['additions'] },
  })
  const remove = unknownId.map((id): Request => ({
    verb: 'remove',
    pairs: [
      ['"version"', '1'],
      ['"addition"', id],
    ],
    outcomes: ['not-found'],
  }))
  const add = addition.map((pairs): Request => ({
    verb: 'add',
    pairs: [
      ['"version"', '1'],
      ['"addition"', objectOf(pairs)],
    ],
    outcomes: ['not-found', 'refused', 'usage'],
  }))
  return { apply, undo, rollback, status, add, remove, restore }
}
