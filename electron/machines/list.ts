import type { Machine, MachineState } from '../../shared/world/world'
import { isNoDomain } from '../libvirt/errors'
import { DomainState, DomainXml, ListDomains } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { mergeNics, parseMachine } from './machine-xml'

type Settings = Pick<Machine, 'persistent' | 'autostart'>

/** Whether a process runs for the machine; libvirt gives the others the id -1. */
const isActive = ({ id }: Domain): boolean => id !== -1

/**
 * Every machine, by name, with its NICs but without their addresses. Autostart and persistence of all of them come from
 * filtered lists, so that a machine that is off costs one call for its XML, and one that runs three; all pipelined.
 */
export async function listMachines(libvirt: Libvirt): Promise<Machine[]> {
  const list = async (flags: number): Promise<readonly Domain[]> =>
    (await libvirt.call('connectListAllDomains', { needResults: true, flags })).domains
  const uuids = async (flags: number): Promise<Set<string>> =>
    new Set((await list(flags)).map(({ uuid }) => uuid))
  const [doms, transient, autostart] = await Promise.all([
    list(0),
    uuids(ListDomains.transient),
    uuids(ListDomains.autostart),
  ])
  const machines = await Promise.all(
    doms.map((dom) =>
      unlessGone(() =>
        describe(libvirt, dom, {
          persistent: !transient.has(dom.uuid),
          autostart: autostart.has(dom.uuid),
        }),
      ),
    ),
  )
  return machines.filter((machine) => machine !== null).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** One machine as it is now, by its UUID; null when there is none. */
export function readMachine(libvirt: Libvirt, uuid: string): Promise<Machine | null> {
  return unlessGone(async () => {
    const { dom } = await libvirt.call('domainLookupByUuid', { uuid })
    const [{ persistent }, { autostart }] = await Promise.all([
      libvirt.call('domainIsPersistent', { dom }),
      libvirt.call('domainGetAutostart', { dom }),
    ])
    return describe(libvirt, dom, { persistent, autostart })
  })
}

async function describe(libvirt: Libvirt, dom: Domain, settings: Settings): Promise<Machine> {
  const read = async (flags: number) =>
    parseMachine((await libvirt.call('domainGetXmlDesc', { dom, flags })).xml)
  const [state, live, saved] = await Promise.all([
    readState(libvirt, dom),
    isActive(dom) ? read(DomainXml.current) : null,
    settings.persistent ? read(DomainXml.inactive) : null,
  ])
  // Stopped since it was looked up: what was read as live is the saved definition then.
  const liveNics = state === 'off' ? null : (live?.nics ?? null)
  return {
    id: dom.uuid,
    name: dom.name,
    title: (live ?? saved)?.title ?? null,
    state,
    ...settings,
    nics: mergeNics(liveNics, saved?.nics ?? null),
  }
}

async function readState(libvirt: Libvirt, dom: Domain): Promise<MachineState> {
  if (!isActive(dom)) return 'off'
  const { state } = await libvirt.call('domainGetState', { dom, flags: 0 })
  return machineState(state)
}

/** The word for a virDomainState. */
export function machineState(state: number): MachineState {
  switch (state) {
    case DomainState.running:
    case DomainState.blocked:
      return 'running'
    case DomainState.paused:
      return 'paused'
    case DomainState.shutdown:
      return 'shutting-down'
    case DomainState.crashed:
      return 'crashed'
    case DomainState.pmSuspended:
      return 'suspended'
    default:
      return 'off'
  }
}

/** Null when the machine was deleted in the meantime. */
async function unlessGone<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (thrown) {
    if (isNoDomain(thrown)) return null
    throw thrown
  }
}
