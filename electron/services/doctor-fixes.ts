import type { Fix } from '../../shared/doctor/doctor'
import { PatchbayError } from '../../shared/failure'
import type { Libvirt } from '../libvirt/libvirt'
import { findMachine } from '../libvirt/lookup'
import { LONG_LINK_DOWN_MS, pullCable } from '../machines/pull-cable'
import { applyChange } from '../networks/apply-change'
import { readDefinitions } from '../networks/definitions'
import type { OpenedHere } from '../world/open-world'
import { plannedChange } from './change-network'
import { findNetwork } from './find'
import type { FixRecord, FixRecords } from './fix-records'
import type { HostAdditions } from './host-additions'
import { actOn, refuseToStopInUse, type SimpleAction } from './network-action'
import type { Progress } from './operations'
import { restartKeepingMachines } from './restart-network'
import { say } from '../../shared/phrases/phrase'

export interface Means {
  opened: OpenedHere
  /** @throws PatchbayError saying why libvirt is away */
  libvirt: () => Libvirt
  additions: HostAdditions
  records: FixRecords
}

/** What a record says besides how to undo it. */
export type Label = Pick<FixRecord, 'uri' | 'check' | 'about' | 'changes'>

/** Does what a fix says, as one step of an operation. @throws PatchbayError, LibvirtError */
export async function perform(fix: Fix, label: Label, means: Means, progress: Progress): Promise<void> {
  switch (fix.kind) {
    case 'addition':
      await means.additions.add(fix.addition)
      await means.opened.refreshHost()
      return
    case 'network-actions': {
      const actions = fix.actions.filter((action) => action !== 'restart')
      const undo = actions.map((action) => OPPOSITE[action]).reverse()
      const record = await means.records.begin({
        ...label,
        undo: { kind: 'network-actions', network: fix.network, actions: undo },
      })
      return act(fix.network, actions, means).catch((thrown: unknown) => giveUp(record, means, thrown))
    }
    case 'network-change':
      return change(fix, label, means, progress)
    case 'renew-address':
      return renewAddress(means.libvirt(), fix)
  }
}

/** Takes back what was recorded. @throws PatchbayError, LibvirtError */
export async function undo(record: FixRecord, means: Means, progress: Progress): Promise<void> {
  const network = findNetwork(means.opened.store.current, record.undo.network)
  switch (record.undo.kind) {
    case 'network-actions':
      if (record.undo.actions.includes('stop')) refuseToStopInUse(means.opened.store.current, network)
      await act(network.name, record.undo.actions, means)
      break
    case 'network-definition': {
      const { before, after } = record.undo
      const libvirt = means.libvirt()
      const { saved, live } = await readDefinitions(libvirt, network.name)
      if (after !== null && saved !== after) throw changedSince(network.name)
      await libvirt.call('networkDefineXml', { xml: before })
      if (live !== null) await restartKeepingMachines(means.opened, libvirt, network, progress)
      else await means.opened.libvirt.refresh({ networks: [network.uuid] })
      break
    }
  }
  await means.records.remove(record)
}

const OPPOSITE: Readonly<Record<SimpleAction, SimpleAction>> = {
  start: 'stop',
  stop: 'start',
  'autostart-on': 'autostart-off',
  'autostart-off': 'autostart-on',
}

async function act(
  name: string,
  actions: readonly SimpleAction[],
  { opened, libvirt }: Means,
): Promise<void> {
  const { uuid } = findNetwork(opened.store.current, name)
  for (const action of actions) await actOn(libvirt(), name, action)
  await opened.libvirt.refresh({ networks: [uuid] })
}

async function giveUp(record: FixRecord, { records }: Means, thrown: unknown): Promise<never> {
  await records.remove(record)
  throw thrown
}

async function change(
  { network: name, change: wanted, restart }: Extract<Fix, { kind: 'network-change' }>,
  label: Label,
  means: Means,
  progress: Progress,
): Promise<void> {
  const { opened, records } = means
  const libvirt = means.libvirt()
  const network = findNetwork(opened.store.current, name)
  const { definitions, plan } = await plannedChange(opened.store.current, libvirt, wanted)
  const { saved } = definitions
  if (saved === null)
    throw new PatchbayError({ code: 'refused', message: say('no-saved-definition', { name }) })
  const undoing = { kind: 'network-definition', network: name, before: saved } as const
  const record = await records.begin({ ...label, undo: { ...undoing, after: null } })
  try {
    await applyChange(libvirt, definitions, plan)
  } catch (thrown) {
    await giveUp(record, means, thrown)
  }
  const { saved: after } = await readDefinitions(libvirt, name)
  await records.put({ ...record, undo: { ...undoing, after } })
  if (restart) await restartKeepingMachines(opened, libvirt, network, progress)
  else await opened.libvirt.refresh({ networks: [network.uuid] })
}

const changedSince = (network: string): PatchbayError =>
  new PatchbayError({
    code: 'refused',
    message: say('network-changed-again-since', { network }),
    hint: say('change-want'),
    shellHint: say('change-want-patchbay-network-change', { network }),
  })

/** The guest sees its cable pulled, long enough for one that let a short cut pass, and asks again when it is back. */
async function renewAddress(
  libvirt: Libvirt,
  { machine, mac }: Extract<Fix, { kind: 'renew-address' }>,
): Promise<void> {
  const dom = await findMachine(libvirt, machine)
  await pullCable(libvirt, { dom, mac, ms: LONG_LINK_DOWN_MS })
}
