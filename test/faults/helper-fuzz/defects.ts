import fc from 'fast-check'
import { objectOf, type Pairs, type Request } from './attack'
import * as values from './values'

/** A request line, or what is sent instead of one, as text; every one of them has to be refused with `usage`. */
export type Broken = fc.Arbitrary<{ kind: string; verb: Request['verb']; text: string }>

type Understood = Record<Request['verb'], fc.Arbitrary<Request>>

/** `value` instead of what the key had, wherever in the request the key is. */
function replaced(pairs: Pairs, key: string, value: string): Pairs {
  return pairs.map(([name, old]) => {
    if (name === key) return [name, value]
    return isNested(name, old) ? [name, objectOf(replaced(innerOf(old), key, value))] : [name, old]
  })
}

/** What has keys of its own: an intent, or what is to be added. */
const isNested = (key: string, value: string): boolean =>
  (key === '"intent"' || key === '"addition"') && value.startsWith('{')

/** Its own pairs again; their values hold neither commas nor colons. */
function innerOf(text: string): Pairs {
  return text
    .slice(1, -1)
    .split(',')
    .map((pair) => {
      const [key = '', value = ''] = pair.split(':')
      return [key, value]
    })
}

const without = (pairs: Pairs, key: string): Pairs => pairs.filter(([name]) => name !== key)

/** What is wrong for each key of the requests. */
const wrongFor: Record<string, fc.Arbitrary<string>> = {
  '"version"': values.badVersion,
  '"confirm"': values.badConfirm,
  '"timeoutSeconds"': values.badTimeout,
  '"transaction"': values.badId,
  '"boot"': fc.constantFrom('false', '1', '"true"', 'null', '[true]'),
  '"hostHash"': values.badHash,
  '"nic"': values.badName,
  '"bridge"': values.badName,
  '"kind"': values.badKind,
  '"link"': values.badName,
  '"tap"': values.badName,
  '"machine"': values.badAddress,
  '"machines"': values.badAddresses,
  '"protocol"': values.badProtocol,
  '"hostPort"': values.badPort,
  '"machinePort"': values.badPort,
  '"addition"': fc.oneof(
    values.badId,
    fc.constantFrom('null', '[]', '{}', '1', '[{"kind":"libvirt-group"}]'),
  ),
  '"intent"': fc.constantFrom('null', '[]', '"create-bridge"', '{}', '[{"kind":"create-bridge"}]'),
}

const NUMBERS = ['"version"', '"timeoutSeconds"', '"hostPort"', '"machinePort"']
const isNumber = (key: string): boolean => NUMBERS.includes(key)

/** A value of another type than the key has. */
const wrongType = (key: string): fc.Arbitrary<string> =>
  values.anyJson.filter(
    (text) => text !== 'true' && (isNumber(key) ? !/^[-\d]/.test(text) : !text.startsWith('"')),
  )

/** Both what a key must not be and what it can't be at all. */
const wrong = (key: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: wrongFor[key] ?? values.anyJson },
    { weight: 1, arbitrary: key === '"intent"' ? fc.constant('1') : wrongType(key) },
    { weight: 1, arbitrary: values.nested },
  )

const keysOf = ({ pairs }: Request): string[] =>
  pairs.flatMap(([key, value]) =>
    isNested(key, value) ? [key, ...innerOf(value).map(([name]) => name)] : key,
  )

/** One wrong value in a request that is right otherwise. */
function wrongValue({ apply, undo, rollback, status, add, remove, restore }: Understood): Broken {
  const most = fc.oneof(
    { weight: 6, arbitrary: apply },
    { weight: 3, arbitrary: undo },
    { weight: 1, arbitrary: rollback },
    { weight: 1, arbitrary: status },
    { weight: 6, arbitrary: add },
    { weight: 2, arbitrary: remove },
    { weight: 1, arbitrary: restore },
  )
  return most.chain((request) =>
    fc.constantFrom(...keysOf(request)).chain((key) =>
      wrong(key).map((value) => ({
        kind: `wrong ${key}`,
        verb: request.verb,
        text: objectOf(replaced(request.pairs, key, value)),
      })),
    ),
  )
}

function missingKey({ apply, undo, status, add, remove, restore }: Understood): Broken {
  return fc.oneof(apply, undo, status, add, remove, restore).chain(({ verb, pairs }) =>
    fc.constantFrom(...pairs.map(([key]) => key)).map((key) => ({
      kind: 'missing key',
      verb,
      text: objectOf(without(pairs, key)),
    })),
  )
}

function unknownKey(requests: Understood): Broken {
  return fc
    .tuple(fc.oneof(...Object.values(requests)), values.unknownKey, values.anyJson, fc.nat(5), fc.boolean())
    .map(([{ verb, pairs }, key, value, at, inside]) => {
      const add = (to: Pairs): Pairs => [...to.slice(0, at), [key, value], ...to.slice(at)]
      const hasNested = pairs.some(([name, old]) => isNested(name, old))
      const added =
        inside && hasNested
          ? pairs.map(
              ([name, old]) => [name, isNested(name, old) ? objectOf(add(innerOf(old))) : old] as const,
            )
          : add(pairs)
      return { kind: 'unknown key', verb, text: objectOf(added) }
    })
}

/** A key that is there twice counts as the last one says. */
function secondValue(requests: Understood): Broken {
  return fc.oneof(...Object.values(requests)).chain(({ verb, pairs }) =>
    fc.constantFrom(...pairs.map(([key]) => key)).chain((key) =>
      wrong(key).map((value) => ({
        kind: 'second value',
        verb,
        text: objectOf([...pairs, [key, value]]),
      })),
    ),
  )
}

/** The request of another verb. */
function otherVerb({ apply, undo, rollback, status, add, remove }: Understood): Broken {
  const pairs: [Request['verb'], fc.Arbitrary<Request>][] = [
    ['status', fc.oneof(apply, undo)],
    ['rollback', fc.oneof(apply, undo)],
    ['undo', fc.oneof(apply, status)],
    ['apply', fc.oneof(undo, rollback, add)],
    ['add', fc.oneof(apply, undo, status, remove)],
    ['remove', fc.oneof(undo, status, add)],
    ['restore', fc.oneof(apply, undo, add, remove)],
  ]
  return fc.oneof(
    ...pairs.map(([verb, others]) =>
      others.map((request) => ({ kind: 'request of another verb', verb, text: objectOf(request.pairs) })),
    ),
  )
}

const anyVerb = fc.constantFrom<Request['verb']>(
  ...(['apply', 'undo', 'rollback', 'status', 'add', 'remove', 'restore'] as const),
)

/** JSON that is no object. */
const otherJson: Broken = fc.record({
  kind: fc.constant('JSON that is no request'),
  verb: anyVerb,
  text: fc.oneof(
    values.anyJson.filter((text) => text !== '{"version":1}'),
    values.nested,
    fc.constantFrom(
      '[{"version":1}]',
      '"{\\"version\\":1}"',
      '{}',
      '{"control":"keep"}',
      '{"control":"revert"}',
    ),
  ),
})

/** What a request becomes when it is broken as a text. */
function noJson({ apply, status }: Understood): Broken {
  return fc
    .tuple(
      fc.oneof(apply, status),
      fc.nat(1000),
      fc.nat(15),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
    )
    .map(([{ verb, pairs }, at, how, noise]) => {
      const good = objectOf(pairs)
      const cut = 1 + (at % (good.length - 1))
      const ways = [
        good.slice(0, cut),
        good.slice(cut),
        `${good}${good}`,
        `${good},`,
        `\ufeff${good}`,
        `\0${good}`,
        `${good}\0`,
        `${good.slice(0, cut)}\0${good.slice(cut)}`,
        good.replaceAll('"', "'"),
        good.replaceAll('"', ''),
        `/**/${good}`,
        good.replace('1', 'NaN'),
        good.replace('1', 'Infinity'),
        good.replace('1', '01'),
        good.replace('1', '0x1'),
        `}${noise.replaceAll('\n', ' ')}`,
      ]
      return { kind: 'no JSON', verb, text: ways[how] ?? '' }
    })
}

/** More bytes than a request may have. */
function tooLong({ status }: Understood): Broken {
  return fc
    .tuple(
      status,
      fc.oneof(fc.integer({ min: 16_385, max: 17_000 }), fc.integer({ min: 17_000, max: 300_000 })),
      fc.nat(3),
    )
    .map(([{ verb, pairs }, length, how]) => {
      const good = objectOf(pairs)
      const text = [
        good.padEnd(length),
        good.padStart(length),
        `{"version":1,"x":"${'x'.repeat(length)}"}`,
        `${'['.repeat(length)}${']'.repeat(length)}`,
      ]
      return { kind: 'too long', verb, text: text[how] ?? '' }
    })
}

/** Every way of being wrong. */
export function broken(requests: Understood): Broken {
  return fc.oneof(
    { weight: 6, arbitrary: wrongValue(requests) },
    { weight: 1, arbitrary: missingKey(requests) },
    { weight: 4, arbitrary: unknownKey(requests) },
    { weight: 1, arbitrary: secondValue(requests) },
    { weight: 1, arbitrary: otherVerb(requests) },
    { weight: 1, arbitrary: otherJson },
    { weight: 3, arbitrary: noJson(requests) },
    { weight: 1, arbitrary: tooLong(requests) },
  )
}
