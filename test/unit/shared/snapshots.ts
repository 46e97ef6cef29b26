import fc from 'fast-check'
import type { LinkPicture, OpenFile, RoutePicture } from '../../../shared/snapshot/snapshot'
import type { Picture } from '../../../shared/snapshot/compare'

/** Parts of snapshots, for tests: everything has a default, and what matters is named by the test. */
const aFile = {
  kind: 'file',
  size: 20,
  mode: 0o644,
  uid: 0,
  gid: 0,
  modified: '1700000000.000000000',
} as const

type FileChange = Partial<Omit<Extract<OpenFile, { kind: 'file' }>, 'kind' | 'path'>>

export const textFile = (path: string, text: string, change: FileChange = {}): OpenFile => ({
  path,
  ...aFile,
  content: { kind: 'text', text },
  ...change,
})

export const closedFile = (path: string, change: FileChange = {}): OpenFile => ({
  path,
  ...aFile,
  mode: 0o600,
  content: { kind: 'closed' },
  ...change,
})

export const linkPicture = (name: string, change: Partial<LinkPicture> = {}): LinkPicture => ({
  name,
  kind: 'ethernet',
  mac: '02:00:00:00:00:01',
  mtu: 1500,
  master: null,
  parent: null,
  addresses: [],
  ...change,
})

export const routePicture = (change: Partial<RoutePicture> = {}): RoutePicture => ({
  family: 4,
  to: 'default',
  via: '10.77.0.1',
  table: 'main',
  link: 'enp3s0',
  metric: 100,
  ...change,
})

export const picture = (
  files: readonly OpenFile[] = [],
  network: Partial<Picture['network']> = {},
  closed: readonly string[] = [],
): Picture => ({
  files: { files, closed },
  network: { links: [], routes: [], dns: { servers: [], search: [] }, ...network },
})

const NAMES = ['enp3s0', 'enp4s0', 'br0'] as const
const anyName = fc.constantFrom(...NAMES)

const anyContent = fc.oneof(
  fc.constantFrom('a\nb\n', 'a\nc\n', '').map((text) => ({ kind: 'text', text }) as const),
  fc.constantFrom('aa', 'bb').map((sha256) => ({ kind: 'hash', sha256 }) as const),
  fc.constant({ kind: 'closed' } as const),
)

const anyFile: fc.Arbitrary<OpenFile> = fc.oneof(
  fc.record({
    path: fc.constantFrom('/etc/a', '/etc/closed/b', '/run/c'),
    kind: fc.constant('file' as const),
    size: fc.constantFrom(1, 2),
    mode: fc.constantFrom(0o600, 0o644),
    uid: fc.constantFrom(0, 1),
    gid: fc.constant(0),
    modified: fc.constantFrom('1.000000000', '2.000000000'),
    content: anyContent,
  }),
  fc.record({
    path: fc.constantFrom('/etc/a', '/etc/d'),
    kind: fc.constant('link' as const),
    target: fc.constantFrom('x', 'y'),
  }),
)

const anyLink: fc.Arbitrary<LinkPicture> = fc.record({
  name: anyName,
  kind: fc.constantFrom('ethernet', 'bridge'),
  mac: fc.constantFrom(null, '02:00:00:00:00:01'),
  mtu: fc.constantFrom(1500, 9000),
  master: fc.option(anyName),
  parent: fc.constant(null),
  addresses: fc.uniqueArray(
    fc.record({
      family: fc.constant(4 as const),
      ip: fc.constantFrom('10.0.0.2', '10.0.0.3'),
      prefix: fc.constant(24),
      origin: fc.constantFrom('static', 'dynamic'),
    }),
    { selector: ({ ip }) => ip },
  ),
})

const anyRoute: fc.Arbitrary<RoutePicture> = fc.record({
  family: fc.constant(4 as const),
  to: fc.constantFrom('default', '10.1.0.0/16'),
  via: fc.constantFrom(null, '10.0.0.1'),
  table: fc.constantFrom('main', '100'),
  link: anyName,
  metric: fc.constantFrom(null, 100),
})

const anyServers = fc.array(fc.constantFrom('1.1.1.1', '9.9.9.9'), { maxLength: 2 })

export const anyPicture: fc.Arbitrary<Picture> = fc.record({
  files: fc.record({
    files: fc.uniqueArray(anyFile, { selector: ({ path }) => path }),
    closed: fc.constantFrom([], ['/etc/closed']),
  }),
  network: fc.record({
    links: fc.uniqueArray(anyLink, { selector: ({ name }) => name }),
    routes: fc.uniqueArray(anyRoute, { selector: (route) => JSON.stringify(route) }),
    dns: fc.record({ servers: anyServers, search: anyServers }),
  }),
})
