import { expect, it } from 'vitest'
import { leaseFrom } from '../../../electron/helper/backends/networkd/lease'

const keys = {
  ADDRESS: '10.77.0.123',
  NETMASK: '255.255.254.0',
  ROUTER: '10.77.0.1 10.77.0.2',
  DNS: '10.77.0.1 9.9.9.9',
  DOMAINNAME: 'lab.test',
}

it('takes from a lease what the link uses of it: name servers and domains may be turned off', () => {
  const lease = { addresses: [{ ip: '10.77.0.123', prefix: 23 }], gateway: '10.77.0.1' }
  expect(leaseFrom(keys, { DNS: '1.1.1.1 10.77.0.1', DOMAINS: 'office.example' })).toEqual({
    ...lease,
    dns: ['10.77.0.1'],
    search: [],
  })
  expect(leaseFrom(keys, { DNS: '10.77.0.1 9.9.9.9', DOMAINS: 'lab.test' })).toEqual({
    ...lease,
    dns: ['10.77.0.1', '9.9.9.9'],
    search: ['lab.test'],
  })
})

it('is none without an address', () => {
  expect(leaseFrom(null, {})).toBeNull()
  expect(leaseFrom({ ROUTER: '10.77.0.1' }, {})).toBeNull()
})
