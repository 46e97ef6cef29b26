import fc from 'fast-check'
import { type Attack, inBytes, objectOf, type Outcome, type Request } from './attack'
import { broken } from './defects'
import { understood } from './requests'

/** What becomes of a request that is understood when its sender goes away, or says something that makes no sense. */
const LOST: readonly Outcome[] = ['rolled-back', 'usage']

const pieces = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 4, arbitrary: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constant(new Array<number>(200).fill(1)) },
)

const afterwards = fc.constantFrom<Attack['then']>('stays open', 'stays open', 'ends', 'breaks')

/** Words that are not exactly one verb. */
const badWords = fc.oneof(
  fc.constantFrom<string[]>(
    [],
    [''],
    ['status', ''],
    ['status', 'status'],
    ['apply', '--force'],
    ['--', 'status'],
    ['Status'],
    ['status '],
    ['status\n'],
    ['./status'],
    ['--help'],
    ['--inspect'],
    ['-e', 'process.exit(0)'],
    ['__proto__'],
    ['constructor'],
    ['\u001b[2J'],
    ['x'.repeat(20_000)],
  ),
  fc.array(
    fc.string({ unit: 'binary' }).map((word) => `x${word.replaceAll('\0', '')}`),
    { maxLength: 5 },
  ),
)

/** What may follow the request on its stream. */
const more = fc.oneof(
  fc.constantFrom(
    '{"control":"keep"}',
    '{"control":"revert"}',
    '{"control":"keep"}\n{"control":"keep"}',
    '{"control":"keep","x":1}',
    '{"version":1}',
    '',
    'keep',
    '\0',
  ),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.integer({ min: 1, max: 40_000 }).map((length) => 'z'.repeat(length)),
)

interface Sent {
  kind: string
  verb: Request['verb']
  bytes: string
  outcomes: readonly Outcome[]
}

/** Refused before anything else has a say. */
const isBroken = ({ outcomes }: Pick<Sent, 'outcomes'>): boolean =>
  outcomes.every((outcome) => outcome === 'usage')

const send = (sent: fc.Arbitrary<Sent>): fc.Arbitrary<Attack> =>
  fc.tuple(sent, pieces, afterwards).map(([{ verb, ...rest }, cuts, then]) => ({
    ...rest,
    words: [verb],
    pieces: cuts,
    then,
    outcomes: then === 'stays open' || isBroken(rest) ? rest.outcomes : [...rest.outcomes, ...LOST],
  }))

/** All attacks. `hash` is that of the host’s state, which no request has. */
export function attacks(hash: string): fc.Arbitrary<Attack> {
  const requests = understood(hash)
  const refused = broken(requests).map(({ kind, verb, text }): Sent => ({
    kind,
    verb,
    bytes: `${inBytes(text)}\n`,
    outcomes: ['usage'],
  }))
  const lineOf = ({ pairs }: Request): string => inBytes(objectOf(pairs))
  const good = fc.oneof(
    { weight: 8, arbitrary: requests.status },
    { weight: 1, arbitrary: requests.rollback },
    { weight: 1, arbitrary: requests.undo },
    { weight: 2, arbitrary: requests.apply },
    { weight: 2, arbitrary: requests.add },
    { weight: 1, arbitrary: requests.remove },
    { weight: 1, arbitrary: requests.restore },
  )
  const anyRequest = fc.oneof(...Object.values(requests))

  const badBytes = fc
    .tuple(
      anyRequest,
      fc.constantFrom('\xff', '\xc3', '\xc0\xaf', '\xed\xa0\x80', '\xf4\x90\x80\x80', '\xfe'),
      fc.nat(),
    )
    .map(([request, bytes, where]): Sent => {
      const line = lineOf(request)
      const at = where % (line.length + 1)
      return {
        kind: 'invalid UTF-8',
        verb: request.verb,
        bytes: `${line.slice(0, at)}${bytes}${line.slice(at)}\n`,
        outcomes: ['usage'],
      }
    })
  const noise = fc
    .tuple(fc.uint8Array({ maxLength: 2_000 }), fc.constantFrom('{', '[', '"', '\xff', 'n'))
    .map(([bytes, first]): Sent => ({
      kind: 'noise',
      verb: 'status',
      bytes: `${first}${Buffer.from(bytes).toString('latin1').replaceAll('}', '')}\n`,
      outcomes: ['usage'],
    }))
  const blank = fc
    .constantFrom('\n', '\r\n', ' \n', '\n{"version":1}\n', '\r{"version":1\n', '{"version":1\n}\n')
    .map((bytes): Sent => ({ kind: 'no line', verb: 'status', bytes, outcomes: ['usage'] }))
  const controlFirst = fc
    .tuple(fc.constantFrom('keep', 'revert'), anyRequest)
    .map(([control, request]): Sent => ({
      kind: 'control line first',
      verb: request.verb,
      bytes: `{"control":"${control}"}\n${lineOf(request)}\n`,
      outcomes: ['usage'],
    }))
  const plain = fc
    .tuple(good, fc.constantFrom('', ' ', '\t \r'), fc.boolean())
    .map(([request, blanks, full]): Sent => {
      const line = `${blanks}${lineOf(request)}${blanks}`
      return {
        kind: `${request.verb}, understood`,
        verb: request.verb,
        // Up to the very last byte that a request may have.
        bytes: `${full ? line.padEnd(16 * 1024) : line}\n`,
        outcomes: request.outcomes,
      }
    })
  const severalLines = fc.tuple(good, more).map(([request, rest]): Sent => ({
    kind: 'several lines',
    verb: request.verb,
    bytes: `${lineOf(request)}\n${inBytes(rest)}\n`,
    outcomes: [...request.outcomes, 'rolled-back'],
  }))
  const cutOff = fc
    .tuple(anyRequest, fc.nat(), fc.constantFrom<Attack['then']>('ends', 'breaks'))
    .map(([request, at, then]): Attack => {
      const line = lineOf(request)
      return {
        kind: 'cut off before the end of the line',
        words: [request.verb],
        bytes: line.slice(0, 1 + (at % line.length)),
        pieces: [],
        then,
        outcomes: [...request.outcomes, ...LOST],
      }
    })
  const silent = fc.record<Attack>({
    kind: fc.constant('nothing at all'),
    words: fc.constantFrom(['status'], ['apply']),
    bytes: fc.constant(''),
    pieces: fc.constant([]),
    then: fc.constantFrom('ends', 'breaks'),
    outcomes: fc.constant(['usage']),
  })
  const words = fc.tuple(badWords, good, afterwards).map(([odd, request, then]): Attack => ({
    kind: 'odd words',
    words: odd,
    bytes: `${lineOf(request)}\n`,
    pieces: [],
    then,
    outcomes: ['usage'],
  }))
  return fc.oneof(
    { weight: 60, arbitrary: send(refused) },
    { weight: 8, arbitrary: send(badBytes) },
    { weight: 6, arbitrary: send(noise) },
    { weight: 2, arbitrary: send(blank) },
    { weight: 4, arbitrary: send(controlFirst) },
    { weight: 6, arbitrary: send(plain) },
    { weight: 4, arbitrary: send(severalLines) },
    { weight: 4, arbitrary: cutOff },
    { weight: 1, arbitrary: silent },
    { weight: 5, arbitrary: words },
  )
}
