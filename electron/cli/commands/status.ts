import { lanBridgeOf } from '../../../shared/world/host'
import { isLive, type World } from '../../../shared/world/world'
import type { Answer, Command } from '../command'
import { table } from '../table'
import { libvirtText, uplinkText } from '../words'
import { settled } from './libvirt'
import { said } from '../language'

export const status: Command = {
  words: ['status'],
  positionals: [],
  options: {},
  summary: 'uplink, bridge, networks and machines in short',
  details: ['Works without libvirt, too: it then shows the host, and what is wrong with libvirt.'],
  run: async (_input, io) => {
    const services = await io.open({ follow: false })
    return answer(await settled(services))
  },
}

function answer(world: World): Answer {
  const { libvirt, host, networks, machines, transactions } = world
  const { hostname, manager, uplink, dns } = host
  const bridge = lanBridgeOf(host)
  const pending = transactions.filter(({ state }) => state === 'armed' || state === 'rollback-failed')
  const running = machines.filter(({ state }) => isLive(state))
  const active = networks.filter((network) => network.active)
  const here = [
    ['host', hostname],
    ['uplink', uplinkText(uplink)],
    ['managed by', manager],
    ['bridge to the LAN', bridge ?? 'none; make one with: patchbay bridge create'],
    ['name servers', dns.servers.join(', ') || 'none'],
  ]
  const rows = [
    // Beside the machines of another computer, this one's network says nothing.
    ...(host.computer === 'this' ? here : []),
    ['libvirt', libvirtText(libvirt)],
    ...(libvirt.state === 'offline' && libvirt.failure.hint !== undefined
      ? [['', said(libvirt.failure.hint)]]
      : []),
    ['networks', `${networks.length}, ${active.length} active`],
    ['machines', `${machines.length}, ${running.length} running`],
    ...pending.map(({ id, state }) => ['change', `${id}: ${state}; see: patchbay snapshots`]),
  ]
  return {
    document: {
      libvirt,
      host: { computer: host.computer, hostname, manager, uplink, bridge, dns },
      networks: networks.map(({ id, name, kind, active: isActive }) => ({
        id,
        name,
        kind,
        active: isActive,
      })),
      machines: machines.map(({ id, name, state }) => ({ id, name, state })),
      pending,
    },
    text: table(['', ''], rows).trimStart(),
  }
}
