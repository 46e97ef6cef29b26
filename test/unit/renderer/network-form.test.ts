import { describe, expect, it } from 'vitest'
import {
  changeForm,
  changeOf,
  failureAt,
  freeName,
  newForm,
  wishOf,
} from '../../../renderer/model/network-form'
import { network } from '../shared/worlds'

const nat = network('lab', {
  subnets: [
    {
      family: 4,
      address: '10.1.0.1',
      prefix: 24,
      dhcp: { start: '10.1.0.2', end: '10.1.0.99' },
      reservations: [],
    },
  ],
  mtu: 1400,
})

describe('a new network as it is typed', () => {
  it('leaves to be chosen what is empty, and leaves out what its kind has not', () => {
    const form = {
      ...newForm('lab'),
      subnet: ' 10.1.0.0/24 ',
      domain: 'lab.test',
      mode: 'vepa' as const,
      links: 'eth7',
    }
    expect(wishOf(form)).toMatchObject({
      ...{ name: 'lab', kind: 'nat', subnet: '10.1.0.0/24', dhcp: null, domain: 'lab.test', mtu: null },
      ...{ mode: null, links: ['eth7'] },
    })
    expect(wishOf({ ...form, kind: 'macvtap', links: 'eth7, eth8' })).toMatchObject({
      ...{ subnet: null, domain: null, mode: 'vepa', links: ['eth7', 'eth8'], dns: true },
    })
    expect(wishOf({ ...form, kind: 'isolated', dns: false })).toMatchObject({ dns: false, links: [] })
    expect(wishOf({ ...form, kind: 'nat', dns: false })).toMatchObject({ dns: true })
  })

  it('is named as no network is', () => {
    expect(freeName(['default'])).toBe('lab')
    expect(freeName(['lab', 'lab2'])).toBe('lab3')
  })

  it('has a failure at the field that it names', () => {
    const failure = { code: 'usage', message: 'no', field: 'subnet' } as const
    expect([failureAt(failure, 'subnet'), failureAt(failure, 'dhcp'), failureAt(null, 'subnet')]).toEqual([
      failure,
      null,
      null,
    ])
  })
})

describe('a change as it is typed', () => {
  it('is none while everything says what is there', () => {
    expect(changeOf(nat, changeForm(nat))).toBeNull()
    expect(changeForm(nat)).toMatchObject({ subnet: '10.1.0.1/24', dhcp: '10.1.0.2-10.1.0.99', mtu: '1400' })
  })

  it('shows every subnet and range, so that none of them goes unseen', () => {
    const [v4] = nat.subnets
    if (v4 === undefined) throw new Error('no subnet')
    const ranges = [
      { start: '10.1.0.2', end: '10.1.0.9' },
      { start: '10.1.0.90', end: '10.1.0.99' },
    ]
    const v6 = (address: string) => ({
      ...{ family: 6 as const, address, prefix: 64, dhcp: null, reservations: [] },
    })
    const two = { ...nat, subnets: [{ ...v4, ranges }, v6('fd01::1'), v6('fd02::1')] }
    expect(changeForm(two)).toMatchObject({
      subnet: '10.1.0.1/24',
      dhcp: '10.1.0.2-10.1.0.9, 10.1.0.90-10.1.0.99',
      ipv6: 'fd01::1/64, fd02::1/64',
    })
    expect(changeOf(two, { ...changeForm(two), ipv6: '' })).toMatchObject({ ipv6: 'off', dhcp: null })
  })

  it('says what is different alone, and takes away what is emptied', () => {
    expect(changeOf(nat, { ...changeForm(nat), mtu: '', domain: 'lab.test' })).toEqual({
      ...{ kind: 'settings', network: 'lab', subnet: null, dhcp: null, ipv6: null },
      ...{ mtu: 'off', domain: 'lab.test', isolatedPorts: null },
    })
    expect(changeOf(nat, { ...changeForm(nat), isolatedPorts: true })).toMatchObject({ isolatedPorts: true })
  })
})
