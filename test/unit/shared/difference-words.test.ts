import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceText } from '../../../shared/snapshot/words'
import { en } from '../../../shared/messages/en'
import { es } from '../../../shared/messages/es'
import { compareSnapshots } from '../../../shared/snapshot/compare'
import { anyPicture, closedFile, linkPicture, picture, routePicture, textFile } from './snapshots'

const said = (...[before, now]: Parameters<typeof compareSnapshots>) =>
  compareSnapshots(before, now).map((difference) => differenceText(difference, en))

const address = (origin: 'static' | 'dynamic') => ({ family: 4, ip: '10.0.0.2', prefix: 24, origin }) as const

describe('a difference in words', () => {
  it('tells what is new, what moved, and what became of a bridge', () => {
    const before = picture([], {
      links: [linkPicture('enp3s0', { addresses: [address('dynamic')] })],
      routes: [routePicture()],
    })
    const now = picture([textFile('/etc/a', 'x')], {
      links: [
        linkPicture('br0', { kind: 'bridge', addresses: [address('dynamic')] }),
        linkPicture('enp3s0', { master: 'br0', mtu: 9000 }),
      ],
      routes: [routePicture({ link: 'br0' })],
      dns: { servers: ['9.9.9.9'], search: [] },
    })
    expect(said(before, now)).toEqual([
      '/etc/a is new',
      'br0 (bridge) is new',
      'enp3s0 is a port of br0; enp3s0: MTU: 9000, was 1500',
      '10.0.0.2/24 is on br0, was on enp3s0',
      'The default route through 10.77.0.1 is on br0, was on enp3s0',
      'Name servers: 9.9.9.9, was none',
    ])
    expect(said(now, before)).toEqual([
      '/etc/a is gone',
      'br0 is gone',
      'enp3s0 is no port of br0 any more; enp3s0: MTU: 1500, was 9000',
      '10.0.0.2/24 is on enp3s0, was on br0',
      'The default route through 10.77.0.1 is on enp3s0, was on br0',
      'Name servers: none, was 9.9.9.9',
    ])
  })

  it('tells where an address comes from when that has changed', () => {
    const links = (origin: 'static' | 'dynamic') => [linkPicture('enp3s0', { addresses: [address(origin)] })]
    expect(said(picture([], { links: links('static') }), picture([], { links: links('dynamic') }))).toEqual([
      '10.0.0.2/24 on enp3s0: from the router, was set by hand',
    ])
  })

  it('says why the lines of a file are not shown', () => {
    const path = '/etc/a'
    expect(said(picture([closedFile(path)]), picture([closedFile(path, { size: 1 })]))).toEqual([
      '/etc/a has changed; only root may read what it says',
    ])
    expect(said(picture([textFile(path, 'x')]), picture([closedFile(path, { uid: 7 })]))).toEqual([
      '/etc/a has changed; mode 0600, was 0644; owner 7:0, was 0:0; only root may read what it says',
    ])
    const secret = (modified: string) => picture([textFile(path, 'psk=[left out]', { modified })])
    expect(said(secret('1.000000000'), secret('2.000000000'))).toEqual([
      '/etc/a has changed; in a line that is not shown, because it looks like a password',
    ])
  })

  it('never says nothing, in either language', () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (before, now) => {
        for (const words of [en, es]) {
          const texts = compareSnapshots(before, now).map((one) => differenceText(one, words))
          for (const text of texts) expect(text).not.toMatch(/undefined|null|^\s*$/)
        }
      }),
    )
  })
})
