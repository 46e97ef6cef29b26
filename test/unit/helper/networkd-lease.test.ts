import { expect, it } from 'vitest'
import { leaseFrom } from '../../../electron/helper/backends/networkd/lease'

const keys = {
  ADDRESS: '10.77.0.123',
  NETMASK: '255.255.254.0',
  ROUTER: '10.77.0.1 10.77.0.2',
  DNS: '10.77.0.1 9.9.9.9',
  DOMAINNAME: 'lab.test',
}

it('comes with all name servers and domains of the link: the router’s where they are used, those of the file, those of IPv6', () => {
  const lease = { addresses: [{ ip: '10.77.0.123', prefix: 23 }], gateway: '10.77.0.1' }
  const state = {
    DNS: '10.77.0.1 1.1.1.1 fe80::1%enp3s0',
    DOMAINS: 'lab.test',
    ROUTE_DOMAINS: 'office.example',
  }
  expect(leaseFrom(keys, state)).toEqual({
    ...lease,
    dns: ['10.77.0.1', '1.1.1.1', 'fe80::1'],
    search: ['lab.test', '~office.example'],
  })
  expect(leaseFrom(keys, {})).toEqual({ ...lease, dns: [], search: [] })
})

it('is none without an address', () => {
  expect(leaseFrom(null, {})).toBeNull()
  expect(leaseFrom({ ROUTER: '10.77.0.1' }, {})).toBeNull()
})
