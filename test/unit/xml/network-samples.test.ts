import { describe, expect, it } from 'vitest'
import { parseDocument, serialize } from '../../../electron/libvirt/dom'
import { parseNetwork } from '../../../electron/networks/network-xml'
import type { Subnet } from '../../../shared/world/world'
import { canonical } from './canonical'
import { EXPECTED_NETWORKS } from './expected-networks'
import { NETWORK_SAMPLES } from './samples'

const subnetText = ({ address, prefix, dhcp }: Subnet): string =>
  `${address}/${prefix}${dhcp === null ? '' : ` dhcp ${dhcp.start}-${dhcp.end}`}`

describe('the network samples', () => {
  it('are all expected to say something', () => {
    expect(NETWORK_SAMPLES.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED_NETWORKS).sort())
  })

  describe.each(NETWORK_SAMPLES)('$name', ({ name, xml }) => {
    it('is read as what it is', () => {
      const { subnets, ...network } = parseNetwork(xml)
      expect({ ...network, subnets: subnets.map(subnetText) }).toMatchObject(EXPECTED_NETWORKS[name] ?? {})
      for (const { family, address } of subnets) expect(family).toBe(address.includes(':') ? 6 : 4)
    })

    it('is the same when it is written back', () => {
      const written = serialize(parseDocument(xml, 'network').root)
      expect(canonical(written)).toBe(canonical(xml))
      expect(parseNetwork(written)).toEqual(parseNetwork(xml))
    })
  })
})
