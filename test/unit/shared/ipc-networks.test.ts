import { describe, expect, it } from 'vitest'
import { networkChange, networkWish } from '../../../shared/ipc/networks'
import { newForm, wishOf } from '../../../renderer/model/network-form'

const wish = wishOf(newForm('lab'))
const change = {
  ...{ kind: 'settings', network: 'lab', subnet: null, dhcp: null, ipv6: null, domain: null, mtu: null },
  isolatedPorts: null,
}

describe('what the window says of networks', () => {
  it('passes as the forms make it', () => {
    expect(networkWish.parse(wish)).toEqual(wish)
    expect(networkChange.parse(change)).toEqual(change)
  })

  it.each([
    ['a kind that nobody makes', { kind: 'hostdev' }],
    ['a mode of its own', { mode: 'promiscuous' }],
    ['a text without end', { subnet: 'x'.repeat(257) }],
    ['an empty choice', { dhcp: '' }],
    ['more than it is asked', { xml: '<network/>' }],
    ['too many links', { links: Array.from({ length: 17 }, (_, at) => `eth${at}`) }],
    ['no answer', { start: undefined }],
  ])('does not pass with %s', (_, wrong) => {
    expect(networkWish.safeParse({ ...wish, ...wrong }).success).toBe(false)
  })

  it.each([
    ['another kind', { kind: 'xml' }],
    ['no network', { network: '' }],
    ['more than it is asked', { uuid: 'x' }],
  ])('changes nothing with %s', (_, wrong) => {
    expect(networkChange.safeParse({ ...change, ...wrong }).success).toBe(false)
  })
})
