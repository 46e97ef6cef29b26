import fc from 'fast-check'
import { ARMED_SECONDS } from '../../../shared/helper/protocol'

/** Values that no request may have, as JSON text. What is right is stated once more here, apart from the product's own schemas. */

const quoted = (text: string): string => JSON.stringify(text)

/** Numbers as they can be written down but not be meant. */
const oddNumbers = [
  '1e999',
  '-1e999',
  '1e-400',
  '-0',
  '0.1',
  '1.0000000000000002',
  '9007199254740993',
  '2147483648',
  '-1',
  `1${'0'.repeat(400)}`,
]

const notAName = [
  '',
  ' ',
  '.',
  '..',
  '../br0',
  'br0/..',
  '/etc/passwd',
  'a/b',
  'a b',
  'br0\n',
  '\nbr0',
  'br0\0',
  'br0\r',
  'br0\t',
  '\u001b[31mbr0',
  'exactly-sixteen-',
  'x'.repeat(256),
  'x'.repeat(10_000),
  'brück',
  'бр0',
  'br\u202e0',
  'br\u200b0',
  '\ufeffbr0',
  '\ud800',
  '-o',
  '--help',
  '-rf',
  '$(reboot)',
  '`id`',
  ';id',
  '|id',
  '&',
  '>x',
  '*',
  '?',
  '~',
  '%',
  '%s%n',
  'br%d',
  'br0:1',
  'eth0@if2',
  '0br',
  '"',
  "'",
  '\\',
  '{}',
  '__proto__',
]

const isName = (text: string): boolean => /^[A-Za-z][A-Za-z0-9._-]{0,14}$/.test(text)

/** Strings that are no name of a link. */
export const badName = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom(...notAName) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !isName(text)) },
    // A good name with one bad character somewhere.
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.nat(14), fc.constantFrom('/', ' ', '\n', '\0', '%', '$', ';', '\u2028', 'ö', '\u202e'))
        .map(([at, bad]) => `${'enp3s0enp3s0en'.slice(0, at)}${bad}${'enp3s0enp3s0en'.slice(at + 1)}`),
    },
  )
  .map(quoted)

const GOOD_ID = '20261124-004728-4655'

/** Strings that are no transaction's id. */
export const badId = fc
  .oneof(
    fc.constantFrom(
      '',
      '.',
      '..',
      '/',
      '../transactions',
      `../${GOOD_ID}`,
      `./${GOOD_ID}`,
      `${GOOD_ID}/`,
      `${GOOD_ID}/..`,
      `${GOOD_ID}/snapshot`,
      `${GOOD_ID}\n`,
      `${GOOD_ID}\0`,
      ` ${GOOD_ID}`,
      `.${GOOD_ID}.json`,
      GOOD_ID.toUpperCase().replace('4655', '46FF'),
      GOOD_ID.replaceAll('-', '/'),
      GOOD_ID.replaceAll('0', '٠'),
      `${GOOD_ID}0`,
      GOOD_ID.slice(1),
      '%2e%2e',
      'transactions',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  )
  .map(quoted)

const HASH = '0123456789abcdef'.repeat(4)

/** Strings that are no hash. */
export const badHash = fc
  .oneof(
    fc.constantFrom('', HASH.slice(1), `${HASH}0`, HASH.toUpperCase(), `${HASH}\n`, ` ${HASH.slice(1)}`),
    fc.nat(63).map((at) => `${HASH.slice(0, at)}g${HASH.slice(at + 1)}`),
    fc.string({ unit: 'binary', maxLength: 80 }).filter((text) => !/^[0-9a-f]{64}$/.test(text)),
  )
  .map(quoted)

export const badTimeout = fc.oneof(
  fc.constantFrom(...oddNumbers, '0', 'true', 'null', '"60"', '[60]', '{}', '60.5'),
  fc.integer({ max: ARMED_SECONDS.least - 1 }).map(String),
  fc.integer({ min: ARMED_SECONDS.most + 1 }).map(String),
)

export const badVersion = fc.oneof(
  fc.constantFrom(...oddNumbers, '0', '2', '"1"', 'true', 'null', '[1]', '{"valueOf":1}'),
  fc
    .integer()
    .filter((version) => version !== 1)
    .map(String),
)

export const badConfirm = fc.oneof(
  fc.constantFrom('"Auto"', '"auto "', '"keep"', '""', 'true', 'null', '["auto"]', '"__proto__"'),
  fc.string().map((text) => quoted(`x${text}`)),
)

export const badKind = fc.oneof(
  fc.constantFrom('"delete-bridge"', '"__proto__"', '"constructor"', '""', 'null', '["create-bridge"]', '0'),
  fc.string().map((text) => quoted(`x${text}`)),
)

/** Strings that are no IPv4 address. */
export const badAddress = fc
  .oneof(
    fc.constantFrom(
      ...[
        '',
        '0',
        '10.0.0',
        '10.0.0.256',
        '10.0.0.1.1',
        '10.0.0.01',
        '10.0.0.1/32',
        ' 10.0.0.1',
        '10.0.0.1\n',
      ],
      ...['0x0a.0.0.1', '167772161', '::1', '::ffff:10.0.0.1', 'localhost', '10.0.0.1; reboot', '１０.0.0.1'],
    ),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `x${text}`),
  )
  .map(quoted)

export const badAddresses = fc.oneof(
  fc.constantFrom(
    '{}',
    '"10.0.0.1"',
    '[]',
    '[[]]',
    '[null]',
    '[1]',
    `[${'"10.0.0.1",'.repeat(64)}"10.0.0.1"]`,
  ),
  badAddress.map((one) => `[${one}]`),
  badAddress.map((one) => `["10.0.0.1",${one}]`),
)

export const badPort = fc.oneof(
  fc.constantFrom(...oddNumbers, '0', 'true', 'null', '"80"', '[80]', '{}', '80.5', '65536'),
  fc.integer({ max: 0 }).map(String),
  fc.integer({ min: 65_536 }).map(String),
)

export const badProtocol = fc.oneof(
  fc.constantFrom('"TCP"', '"tcp "', '"sctp"', '"icmp"', '""', 'null', '["tcp"]', '6'),
  fc.string().map((text) => quoted(`x${text}`)),
)

/** Anything that JSON can say, of the wrong type for every key but one. */
export const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
  fc.constantFrom(...oddNumbers),
)

/** Deep below what any parser should meet; balanced, so that it is JSON. */
export const nested = fc
  .tuple(fc.integer({ min: 50, max: 7_000 }), fc.boolean())
  .map(([depth, asArrays]) =>
    asArrays
      ? `${'['.repeat(depth)}${']'.repeat(depth)}`
      : `${'{"a":'.repeat(Math.floor(depth / 3))}1${'}'.repeat(Math.floor(depth / 3))}`,
  )

/** Keys that no request has, as JSON text. */
export const unknownKey = fc
  .oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'valueOf',
      'hasOwnProperty',
      'toJSON',
      'then',
      'Version',
      'version ',
      'version\0',
      'versi\u043en',
      'force',
      'path',
      'command',
      'env',
      '',
      '\u001b]0;owned\u0007',
      '\u202enoisrev',
      '\n\r\u2028',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `x${text}`),
    fc.integer({ min: 100, max: 12_000 }).map((length) => 'k'.repeat(length)),
  )
  .map(quoted)
