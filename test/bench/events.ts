import { connectLibvirt, type Libvirt } from '../../electron/libvirt/libvirt'
import type { World } from '../../shared/world/world'
import { startFastLab } from '../lab/index'
import { defineInventory, MACHINES, machineXml, NETWORKS, uriOf } from './inventory'
import { completeWorld } from './opened'
import { median, ms, type Row } from './row'

const CHANGES = 120

/** From libvirt's answer that something was changed until the World shows it. */
export async function eventsToWorld(): Promise<Row[]> {
  const lab = await startFastLab({ networkManager: false })
  try {
    await defineInventory(lab)
    const { store } = await completeWorld(uriOf(lab), true)
    const libvirt = await connectLibvirt(uriOf(lab))
    const times: number[] = []
    for (let i = 0; i < CHANGES; i++) {
      const { act, shows } = change(libvirt, i)
      let told = performance.now()
      const seen = store.until((world) => (shows(world) ? true : undefined)).then(() => performance.now())
      await act()
      told = performance.now()
      times.push(Math.max(0, (await seen) - told))
    }
    await libvirt.close()
    await store.close()
    const sorted = [...times].sort((a, b) => a - b)
    const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN
    return [
      {
        what: `an event until the World of ${MACHINES} machines and ${NETWORKS} networks shows it (${CHANGES} changes)`,
        patchbay: `median ${ms(median(times))}, 95 of 100 in ${ms(at(0.95))}, worst ${ms(at(1))}`,
        peer: '–',
        goal: 'under 50 ms',
      },
    ]
  } finally {
    await lab.close()
  }
}

interface Change {
  act: () => Promise<unknown>
  shows: (world: World) => boolean
}

/** A machine with another title, a new machine, that one deleted, and a network that starts or stops, in turns. */
function change(libvirt: Libvirt, i: number): Change {
  const [kind, round] = [i % 4, Math.floor(i / 4)]
  const title = `round ${round}`
  const [old, added] = [`machine${round}`, `added${round}`]
  switch (kind) {
    case 0:
      return {
        act: async () => {
          const { dom } = await libvirt.call('domainLookupByName', { name: old })
          const { xml } = await libvirt.call('domainGetXmlDesc', { dom, flags: 0 })
          const titled = xml.replace('</name>', `</name><title>${title}</title>`)
          await libvirt.call('domainDefineXmlFlags', { xml: titled, flags: 0 })
        },
        shows: ({ machines }) => machines.some((one) => one.name === old && one.title === title),
      }
    case 1:
      return {
        act: () => libvirt.call('domainDefineXmlFlags', { xml: machineXml(added), flags: 0 }),
        shows: ({ machines }) => machines.some(({ name }) => name === added),
      }
    case 2:
      return {
        act: async () => {
          const { dom } = await libvirt.call('domainLookupByName', { name: added })
          await libvirt.call('domainUndefineFlags', { dom, flags: 0 })
        },
        shows: ({ machines }) => machines.every(({ name }) => name !== added),
      }
    default: {
      const active = round % 2 === 1
      return {
        act: async () => {
          const { net } = await libvirt.call('networkLookupByName', { name: 'default' })
          await libvirt.call(active ? 'networkCreate' : 'networkDestroy', { net })
        },
        shows: ({ networks }) => networks.some((one) => one.name === 'default' && one.active === active),
      }
    }
  }
}
