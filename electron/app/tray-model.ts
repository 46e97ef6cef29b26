import type { Request, Show } from '../../shared/ipc/contract'
import type { TrayMessages } from '../../shared/messages/tray'
import { lanBridgeOf } from '../../shared/world/host'
import { isEnded } from '../../shared/world/operation'
import { attachmentTo } from '../../shared/reach/table'
import { resolveTarget } from '../../shared/world/target'
import {
  attachmentOf,
  isLive,
  networkIdOf,
  sameAttachment,
  type Attachment,
  type Machine,
  type Network,
  type Nic,
  type World,
} from '../../shared/world/world'
import { hostChangeUnderWay } from './ended-operations'

/** What the tray shows, as plain data: two equal models look the same. */
export interface TrayModel {
  status: TrayStatus
  tooltip: string
  items: readonly TrayItem[]
}

export type TrayStatus = 'lan' | 'nat' | 'trouble' | 'offline' | 'elsewhere'

export type TrayItem =
  | { kind: 'text'; label: string }
  | { kind: 'separator' }
  | { kind: 'menu'; label: string; items: readonly TrayItem[] }
  /** Without an action it is greyed. */
  | { kind: 'choice'; label: string; chosen: boolean; action: TrayAction | null }
  | { kind: 'command'; label: string; action: TrayAction | null }

export type TrayAction =
  | { kind: 'connect'; machine: string; mac: string; to: SwitchTarget }
  | { kind: 'show'; show: Show }
  | { kind: 'quit' }

type SwitchTarget = Request<'machine:connect'>['to']

/** A menu longer than a screen helps nobody. */
const MOST_MACHINES = 20

/** Works out the status icon and its menu from the World. */
export function trayModel(world: World, words: TrayMessages): TrayModel {
  const status = trayStatus(world)
  const isConnecting = status === 'offline' && world.libvirt.state === 'connecting'
  const text = isConnecting ? words.connecting : words.status[status]
  return {
    status,
    tooltip: `Patchbay: ${text}`,
    items: [
      { kind: 'text', label: text },
      { kind: 'text', label: uplinkLine(world, words) },
      { kind: 'separator' },
      { kind: 'menu', label: words.networks, items: world.networks.map((n) => networkItem(n, words)) },
      { kind: 'separator' },
      ...machineItems(world, words),
      { kind: 'separator' },
      ...undoItems(world, words),
      { kind: 'command', label: words.open, action: { kind: 'show', show: { view: 'patchbay' } } },
      { kind: 'command', label: words.quit, action: { kind: 'quit' } },
    ],
  }
}

/** One word for the state of the host and of libvirt; a broken host counts more than an absent libvirt. */
export function trayStatus({ libvirt, host, transactions }: World): TrayStatus {
  if (transactions[0]?.state === 'rollback-failed') return 'trouble'
  if (libvirt.state !== 'connected') return 'offline'
  if (host.computer === 'another') return 'elsewhere'
  const bridge = lanBridgeOf(host)
  const carrier = host.links.find((link) => link.name === (bridge ?? host.uplink?.link))
  if (host.uplink === null || carrier?.carrier !== true) return 'trouble'
  return bridge === null ? 'nat' : 'lan'
}

function uplinkLine({ host }: World, words: TrayMessages): string {
  if (host.computer === 'another') return words.unseen(host.hostname)
  if (host.uplink === null) return words.noUplink
  const { nic, bridge, gateway } = host.uplink
  return words.uplink(bridge === null ? nic : `${nic} → ${bridge}`, gateway)
}

const networkItem = (network: Network, words: TrayMessages): TrayItem => ({
  kind: 'text',
  label: `${network.name} · ${words.kinds[network.kind]} · ${network.active ? words.active : words.stopped}`,
})

function machineItems(world: World, words: TrayMessages): TrayItem[] {
  const running = world.machines.filter((machine) => isLive(machine.state))
  const isConnected = world.libvirt.state === 'connected'
  if (running.length === 0) {
    return [{ kind: 'text', label: isConnected ? words.noMachines : words.machinesNotKnown }]
  }
  const more = running.length - MOST_MACHINES
  const items = running.slice(0, MOST_MACHINES).map((machine) => machineItem(world, machine, words))
  const rest: TrayItem = {
    kind: 'command',
    label: words.moreMachines(more),
    action: { kind: 'show', show: { view: 'patchbay' } },
  }
  const title = isConnected ? words.machines : words.machinesLastKnown
  return [{ kind: 'text', label: title }, ...items, ...(more > 0 ? [rest] : [])]
}

/** A machine with one NIC offers its networks at once, so that moving it takes two clicks. */
function machineItem(world: World, machine: Machine, words: TrayMessages): TrayItem {
  const [nic, ...others] = machine.nics
  const items =
    nic !== undefined && others.length === 0
      ? nicItems(world, machine, nic, words)
      : machine.nics.map((each): TrayItem => ({
          kind: 'menu',
          label: each.mac,
          items: nicItems(world, machine, each, words),
        }))
  return { kind: 'menu', label: machine.name, items }
}

function nicItems(world: World, machine: Machine, nic: Nic, words: TrayMessages): TrayItem[] {
  const now = attachmentOf(nic)
  if (now === null || now.type === 'other') return [{ kind: 'text', label: words.fixedNic }]
  // Nothing can be moved without libvirt; the last that is known stays to be read.
  const isAway = world.libvirt.state !== 'connected'
  const isMoving = world.operations.some(
    (operation) =>
      !isEnded(operation) && operation.subject.kind === 'connect' && operation.subject.mac === nic.mac,
  )
  const choice = (label: string, to: SwitchTarget, there: Attachment): TrayItem => {
    const chosen = networkIdOf(now) === networkIdOf(there)
    // Whoever is there already stays in the port group that the menu does not show.
    const stays: SwitchTarget = chosen ? { kind: 'attachment', attachment: now } : to
    return {
      kind: 'choice',
      label,
      chosen,
      action: isMoving || isAway ? null : { kind: 'connect', machine: machine.id, mac: nic.mac, to: stays },
    }
  }
  const nat = resolveTarget(world, { kind: 'nat' })
  const lan = resolveTarget(world, { kind: 'lan' })
  const named = [nat, lan].flatMap((result) => (result.ok ? [result.value] : []))
  const others = otherAttachments(world, named)
  return [
    nat.ok
      ? choice(words.nat, { kind: 'nat' }, nat.value)
      : { kind: 'command', label: words.nat, action: null },
    ...(lan.ok ? [choice(words.lan, { kind: 'lan' }, lan.value)] : lanToMake(world, words)),
    ...others.map(({ name, attachment }) => choice(name, { kind: 'attachment', attachment }, attachment)),
  ]
}

/** Another computer's way to its LAN can be neither seen nor made from here; its bridges are named among the others. */
const lanToMake = ({ host }: World, words: TrayMessages): TrayItem[] =>
  host.computer === 'another'
    ? []
    : [{ kind: 'command', label: words.makeBridge, action: { kind: 'show', show: { view: 'bridge' } } }]

/** Every active network that NAT and LAN do not stand for already. */
function otherAttachments(
  { networks }: World,
  named: readonly Attachment[],
): { name: string; attachment: ReturnType<typeof attachmentTo> }[] {
  return networks
    .filter((network) => network.active)
    .map((network) => ({ name: network.name, attachment: attachmentTo(network) }))
    .filter(({ attachment }) => !named.some((each) => sameAttachment(each, attachment)))
}

function undoItems({ host, transactions, operations }: World, words: TrayMessages): TrayItem[] {
  // What was changed on this computer is not to be undone beside the machines of another.
  if (host.computer === 'another') return []
  const last = transactions.find((transaction) => transaction.state === 'committed')
  if (last === undefined || hostChangeUnderWay(operations) !== null) {
    return [{ kind: 'command', label: words.nothingToUndo, action: null }]
  }
  const { bridge, nic } = last.intent
  const show = { view: 'undo', transaction: last.id } as const
  return [{ kind: 'command', label: words.undo(bridge, nic), action: { kind: 'show', show } }]
}
