import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Difference } from '../../../shared/snapshot/snapshot'
import { compareSnapshots, hiddenFiles } from '../../../shared/snapshot/compare'
import { LEFT_OUT } from '../../../shared/snapshot/secrets'
import { anyPicture, closedFile, linkPicture, picture, routePicture, textFile } from './snapshots'

const about = (differences: readonly Difference[]) =>
  differences.map(({ kind, before, now }) => ({ kind, before, now }))

/** The same difference seen from the other side; lines are judged by their own tests. */
const turned = (difference: Difference) => ({
  ...difference,
  before: difference.now,
  now: difference.before,
  hunks: null,
})

const inAnyOrder = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort()

describe('any two snapshots', () => {
  it('differ in nothing when they are the same, in whatever order things are listed', () => {
    fc.assert(
      fc.property(anyPicture, ({ files, network }) => {
        const reversed = {
          files: { ...files, files: [...files.files].reverse() },
          network: {
            ...network,
            links: [...network.links].reverse(),
            routes: [...network.routes].reverse(),
          },
        }
        expect(compareSnapshots({ files, network }, reversed)).toEqual([])
      }),
    )
  })

  it('differ in the same things seen from either side', () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (one, other) => {
        const there = compareSnapshots(one, other).map((found) => ({ ...found, hunks: null }))
        const back = compareSnapshots(other, one).map(turned)
        expect(inAnyOrder(back.map(sorted))).toEqual(inAnyOrder(there.map(sorted)))
      }),
    )
  })

  it('never differ in something that is on neither side, or the same on both', () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (one, other) => {
        for (const { before, now } of compareSnapshots(one, other)) {
          expect(JSON.stringify(before)).not.toBe(JSON.stringify(now))
        }
      }),
    )
  })

  it('tell every address and route that came or went', () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (one, other) => {
        const found = compareSnapshots(one, other)
        const balance = (kind: Difference['kind']) =>
          found
            .filter((difference) => difference.kind === kind)
            .reduce((sum, { before, now }) => sum + (now === null ? 0 : 1) - (before === null ? 0 : 1), 0)
        const addresses = ({ network }: typeof one) => network.links.flatMap((link) => link.addresses).length
        expect(balance('address')).toBe(addresses(other) - addresses(one))
        expect(balance('route')).toBe(other.network.routes.length - one.network.routes.length)
        expect(balance('link')).toBe(other.network.links.length - one.network.links.length)
      }),
    )
  })
})

const sorted = (value: object) =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))

describe('a bridge that was made since', () => {
  const address = { family: 4, ip: '10.77.0.50', prefix: 24, origin: 'dynamic' } as const
  const before = picture([], {
    links: [linkPicture('enp3s0', { addresses: [address] })],
    routes: [routePicture()],
  })
  const now = picture([], {
    links: [
      linkPicture('br0', { kind: 'bridge', addresses: [address] }),
      linkPicture('enp3s0', { master: 'br0' }),
    ],
    routes: [routePicture({ link: 'br0', metric: 425 })],
  })

  it('is a new link with a port, to which the address and the route have moved', () => {
    expect(compareSnapshots(before, now)).toMatchObject([
      { kind: 'link', link: 'br0', before: null, now: { kind: 'bridge' } },
      { kind: 'link', link: 'enp3s0', before: { master: null }, now: { master: 'br0' } },
      {
        kind: 'address',
        address: '10.77.0.50/24',
        before: { link: 'enp3s0', origin: 'dynamic' },
        now: { link: 'br0', origin: 'dynamic' },
      },
      { kind: 'route', to: 'default', before: { link: 'enp3s0', metric: 100 }, now: { link: 'br0' } },
    ])
  })
})

describe('a configuration file', () => {
  const path = '/etc/network/interfaces'

  it('is shown with the lines that changed', () => {
    const [found] = compareSnapshots(picture([textFile(path, 'a\nb\n')]), picture([textFile(path, 'a\nc\n')]))
    expect(found).toMatchObject({
      kind: 'file',
      hunks: [{ lines: [{ kind: 'kept' }, { kind: 'removed' }, { kind: 'added' }] }],
    })
  })

  it('with all its lines when it came or went', () => {
    const [come] = compareSnapshots(picture(), picture([textFile(path, 'a\nb')]))
    expect(come).toMatchObject({ before: null, hunks: [{ lines: [{ kind: 'added' }, { kind: 'added' }] }] })
  })

  it('with the same text is the same, whenever it was written', () => {
    const [old, fresh] = ['1.000000000', '2.000000000'].map((modified) => textFile(path, 'a', { modified }))
    expect(compareSnapshots(picture(old && [old]), picture(fresh && [fresh]))).toEqual([])
  })

  it('that only root may read has changed when its size or time has, and no line is told', () => {
    const secret = '/etc/netplan/50.yaml'
    const then = picture([closedFile(secret)])
    expect(
      compareSnapshots(then, picture([closedFile(secret, { modified: '1800000000.000000000' })])),
    ).toEqual([expect.objectContaining({ kind: 'file', path: secret, hunks: null })])
    expect(about(compareSnapshots(then, picture([closedFile(secret, { size: 21 })])))).toHaveLength(1)
  })

  it('below /run, which only root may read, is made anew at every start: its time says nothing', () => {
    const made = '/run/systemd/network/10-netplan.network'
    const later = closedFile(made, { modified: '1800000000.000000000' })
    expect(compareSnapshots(picture([closedFile(made)]), picture([later]))).toEqual([])
    expect(
      compareSnapshots(picture([closedFile(made)]), picture([closedFile(made, { size: 9 })])),
    ).toHaveLength(1)
  })

  it('of which a password was left out has changed when its time has', () => {
    const text = `psk=${LEFT_OUT}`
    const later = textFile(path, text, { modified: '1800000000.000000000' })
    expect(compareSnapshots(picture([textFile(path, text)]), picture([later]))).toMatchObject([
      { kind: 'file', hunks: [] },
    ])
  })

  it('whose rights changed has changed', () => {
    const [found] = compareSnapshots(
      picture([textFile(path, 'a')]),
      picture([textFile(path, 'a', { mode: 0o600, content: { kind: 'closed' } })]),
    )
    expect(found).toMatchObject({ before: { mode: 0o644 }, now: { mode: 0o600 }, hunks: null })
  })

  it('in a folder that can’t be looked into any more is not said to be gone', () => {
    const file = textFile('/etc/closed/a', 'a')
    expect(compareSnapshots(picture([file]), picture([], {}, ['/etc/closed']))).toEqual([])
  })
})

describe('name servers', () => {
  it('differ when their order does', () => {
    const dns = (...servers: string[]) => picture([], { dns: { servers, search: [] } })
    expect(about(compareSnapshots(dns('1.1.1.1', '9.9.9.9'), dns('9.9.9.9', '1.1.1.1')))).toEqual([
      { kind: 'name-servers', before: ['1.1.1.1', '9.9.9.9'], now: ['9.9.9.9', '1.1.1.1'] },
    ])
  })
})

describe('files where only root may look', () => {
  const transaction = {
    id: '20261124-120000-0a1b',
    intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
    startedAt: 1,
    state: 'committed',
    failure: null,
    added: ['/etc/secret/br0', '/etc/secrets.d', '/etc/open/br0'],
  } as const
  const result = { kind: 'compared', differences: [], closed: ['/etc/secret'] } as const

  it('are told of when the change in force has added them', () => {
    expect(hiddenFiles({ transaction, result, undoes: [] })).toEqual(['/etc/secret/br0'])
    expect(hiddenFiles({ transaction: { ...transaction, state: 'undone' }, result, undoes: [] })).toEqual([])
  })
})
