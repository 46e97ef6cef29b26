import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bridgePaths, bridgeTexts } from '../../../../electron/host/managers/networkd/bridge-files'
import type { NetworkdLink } from '../../../../electron/host/managers/networkd/facts'
import { MAC } from '../a-host'
import { networkdLink, OF_THE_CARD, OF_THE_NETWORK, readNetwork } from './networkd'
import { addressesOf, anyNetwork, type Network, sorted } from './networks'

const NIC = 'enp3s0'

/** A network, and one of the ways to write it down. */
const anyLink: fc.Arbitrary<[Network, NetworkdLink]> = anyNetwork.chain((network) =>
  networkdLink(network, NIC).map((link): [Network, NetworkdLink] => [network, link]),
)

const textsFor = (network: Network, link: NetworkdLink) =>
  bridgeTexts(link, { nic: NIC, bridge: 'br0', mac: MAC, mtu: network.mtu, addresses: addressesOf(network) })

/** What is in force for a link: the first file in the order of names that matches it, whatever folder it is in. */
function inForce(files: ReadonlyMap<string, string>, link: string): string | undefined {
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  const networks = [...files.keys()].filter((path) => path.endsWith('.network'))
  return networks
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .find((path) => new RegExp(`^Name=${link}$`, 'm').test(files.get(path) ?? ''))
}

describe('systemd-networkd: the files for any network', () => {
  it('give the bridge every address, route, name server and search domain, and nothing else', () => {
    fc.assert(
      fc.property(anyLink, ([network, link]) => {
        const { bridge } = textsFor(network, link)
        const { fixed, routes, dns, search, leased, advertised } = readNetwork(bridge)
        expect(sorted(fixed)).toEqual(sorted(network.fixed))
        expect(sorted(routes)).toEqual(sorted(network.routes))
        expect([dns, search]).toEqual([network.dns, network.search])
        expect({ leased, advertised }).toEqual({ leased: network.leased, advertised: network.advertised })
      }),
    )
  })

  it('leave each side what is its own: the port nothing of the network, the bridge nothing of the card', () => {
    fc.assert(
      fc.property(anyLink, ([network, link]) => {
        const { port, bridge, netdev } = textsFor(network, link)
        const { fixed, routes, dns, search, leased } = readNetwork(port)
        expect([fixed, routes, dns, search, leased]).toEqual([[], [], [], [], false])
        expect(port).toMatch(/\[Network\]\nBridge=br0\nLinkLocalAddressing=no\n/)
        const original = [link.file, ...link.dropIns].map(({ text }) => text ?? '').join('\n')
        for (const piece of OF_THE_CARD) {
          const [, line = ''] = piece.split('\n')
          expect(port.includes(`${line}\n`)).toBe(original.includes(piece))
          expect(bridge).not.toContain(line)
        }
        for (const piece of OF_THE_NETWORK) {
          const [, line = ''] = piece.split('\n')
          expect(bridge.includes(`${line}\n`)).toBe(original.includes(piece))
          expect(port).not.toContain(line)
        }
        for (const text of [netdev, port, bridge]) {
          expect(text.includes(`MTUBytes=${network.mtu}`)).toBe(network.mtu !== 1500)
        }
      }),
    )
  })

  it('come before the card’s own file while they are there, and leave the tree as it was when they go', () => {
    fc.assert(
      fc.property(
        anyLink,
        fc.constantFrom('10-netplan-', '50-', '01-', '00-a', 'x'),
        ([network, written], start) => {
          const path = `/run/systemd/network/${start}${NIC}.network`
          const link = { ...written, file: { ...written.file, path } }
          const before = new Map([link.file, ...link.dropIns].map((file) => [file.path, file.text ?? '']))
          const paths = bridgePaths(link, 'br0')
          if (!paths) throw new Error('no name comes before it')
          const texts = textsFor(network, link)
          const after = new Map(before)
          for (const kind of ['netdev', 'bridge', 'port'] as const) after.set(paths[kind], texts[kind])
          expect(after.size).toBe(before.size + 3)
          expect([inForce(after, NIC), inForce(after, 'br0')]).toEqual([paths.port, paths.bridge])
          for (const added of Object.values(paths)) after.delete(String(added))
          expect([...after]).toEqual([...before])
          expect(inForce(after, NIC)).toBe(path)
        },
      ),
    )
  })
})
