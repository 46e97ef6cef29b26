import { readdir, readFile } from 'node:fs/promises'
import { PatchbayError } from '../../../shared/failure'
import type { AdditionOf } from '../../../shared/helper/host-addition'
import { runCommand } from '../../system/command'
import { readAddresses, readLinks, readRoutes } from '../../system/ip-json'
import { isCode } from '../root-files/folder'
import type { AdditionKind } from './kind'
import { bridgeNamed, findLink } from './links'
import { type Text, say } from '../../../shared/phrases/phrase'

type Stale = AdditionOf<'no-stale-bridge'>

const RUNNING = '/run/libvirt/network'

/** The status files of the networks that libvirt runs. */
async function runningNetworks(): Promise<string[]> {
  try {
    const names = (await readdir(RUNNING)).filter((name) => name.endsWith('.xml'))
    return await Promise.all(names.map((name) => readFile(`${RUNNING}/${name}`, 'utf8')))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}

async function refuseInUse(bridge: string): Promise<void> {
  const port = (await readLinks()).find(({ master }) => master === bridge)
  if (port !== undefined) throw refused(say('has-the-port', { bridge, ifname: port.ifname }))
  const isNamed = (text: string): boolean => text.includes(`'${bridge}'`) || text.includes(`"${bridge}"`)
  if ((await runningNetworks()).some(isNamed)) throw refused(say('network-runs-uses', { bridge }))
  const routes = [...(await readRoutes(4)), ...(await readRoutes(6))]
  const isUplink = routes.some(({ dst, dev }) => dst === 'default' && dev === bridge)
  if (isUplink) throw refused(say('default-route-leads-through', { bridge }))
}

const refused = (message: Text): PatchbayError => new PatchbayError({ code: 'refused', message })

/** Once: a network that starts later may make its bridge again, which is then not stale. */
export const noStaleBridge: AdditionKind<Stale> = {
  lasting: true,
  async check({ bridge }) {
    const { ifindex, mtu, address = '' } = await bridgeNamed(bridge)
    await refuseInUse(bridge)
    const found = (await readAddresses()).find(({ ifname }) => ifname === bridge)?.addr_info ?? []
    const addresses = found
      .filter(({ scope, local }) => scope === 'global' && local !== undefined)
      .map(({ local, prefixlen }) => `${local ?? ''}/${prefixlen}`)
    return {
      index: String(ifindex),
      mac: address,
      mtu: String(mtu),
      addresses: addresses.join(' '),
    }
  },
  async apply({ addition: { bridge }, before }) {
    if (String((await findLink(bridge))?.ifindex) !== before.index) return
    await refuseInUse(bridge)
    await runCommand('ip', ['link', 'delete', 'dev', bridge, 'type', 'bridge'])
  },
  async revert({ addition: { bridge }, before: { mac = '', mtu = '1500', addresses = '' } }) {
    if ((await findLink(bridge)) !== null) return
    const lines = [
      `link add name ${bridge} address ${mac} mtu ${mtu} type bridge stp_state 0 forward_delay 0`,
      ...addresses
        .split(' ')
        .filter((one) => one !== '')
        .map((one) => `address add ${one}${one.includes(':') ? ' nodad' : ' brd +'} dev ${bridge}`),
      `link set dev ${bridge} up`,
    ]
    await runCommand('ip', ['-batch', '-'], { input: `${lines.join('\n')}\n` })
  },
  inForce: async ({ addition: { bridge }, before }) =>
    String((await findLink(bridge))?.ifindex) !== before.index,
}
