import { describe, expect, it } from 'vitest'
import type { Libvirt } from '../../../electron/libvirt/libvirt'
import type { ArgsOf, ProcedureName, ReturnOf } from '../../../electron/libvirt/procedures'
import { parseXml } from '../../../electron/libvirt/xml'
import { attachmentOfInterface } from '../../../electron/machines/attachment-xml'
import { withPassingBridge } from '../../../electron/machines/passing-bridge'
import { plugBack } from '../../../electron/machines/plug-back'

const MAC = '52:54:00:77:00:01'
const DOM = { name: 'web', uuid: '0b1690dc-a020-4534-8692-479c8a8b4e7c', id: 3 }
/** As libvirt 9.0.0 shows it, of a network that kept its machines apart when the NIC was plugged in. */
const SHOWN = `<interface type='network'><mac address='${MAC}'/>
  <source network='floor' portid='00bff858-e528-48ce-ab4c-eaa680318470' bridge='virbr7'/><port isolated='yes'/>
  <target dev='vnet0'/><model type='virtio'/><alias name='net0'/></interface>`
const MIGRATABLE = `<interface type='network'><mac address='${MAC}'/><source network='floor'/><model type='virtio'/></interface>`

type Answers = { [N in ProcedureName]?: (args: ArgsOf<N>) => ReturnOf<N> }

/** libvirt from version 11 on: it puts a tap into a bridge only where that is called otherwise than the one before. */
class Libvirt11 {
  /** The bridge that the tap is in; none, since the network was restarted. */
  master: string | null = null
  readonly networks = new Set<string>()
  readonly updates: string[] = []
  #bridge = 'virbr7'

  readonly #answers: Answers = {
    domainLookupByName: () => ({ dom: DOM }),
    domainLookupByUuid: () => ({ dom: DOM }),
    domainIsPersistent: () => ({ persistent: false }),
    domainGetXmlDesc: ({ flags }) => ({
      xml: `<domain><devices>${flags === 8 ? MIGRATABLE : SHOWN}</devices></domain>`,
    }),
    domainUpdateDeviceFlags: ({ xml }) => {
      const to = attachmentOfInterface(parseXml(xml, 'interface'))
      const bridge = to.type === 'bridge' ? to.bridge : 'virbr7'
      if (bridge !== this.#bridge) this.master = bridge
      this.#bridge = bridge
      this.updates.push(xml)
      return {}
    },
    networkCreateXml: ({ xml }) => {
      const name = parseXml(xml, 'network').children.find((child) => child.name === 'name')?.text ?? ''
      this.networks.add(name)
      return { net: { name, uuid: DOM.uuid } }
    },
    networkGetBridgeName: () => ({ name: 'virbr8' }),
    networkDestroy: ({ net }) => {
      this.networks.delete(net.name)
      return {}
    },
  }

  readonly libvirt: Libvirt = {
    uri: 'qemu:///system',
    call: (name, args) => {
      const answer = this.#answers[name]
      return new Promise((resolve) => {
        if (!answer) throw new Error(`${name} was not expected`)
        resolve(answer(args))
      })
    },
    subscribe: () => Promise.reject(new Error('nothing to listen to')),
    onClose: () => () => undefined,
    close: () => Promise.resolve(),
  }
}

const nic = { machine: 'web', mac: MAC, network: 'floor' }

describe('a machine whose network was restarted', () => {
  it('is in its bridge again, with what the network lends by now, and nothing is left of the way there', async () => {
    const fake = new Libvirt11()
    await withPassingBridge(fake.libvirt, (passing) => plugBack(fake.libvirt, nic, passing))
    expect(fake.master).toBe('virbr7')
    expect(fake.updates.some((xml) => xml.includes('isolated'))).toBe(false)
    expect(fake.networks.size).toBe(0)
  })

  it('is left alone when it is elsewhere by now', async () => {
    const fake = new Libvirt11()
    await plugBack(fake.libvirt, { ...nic, network: 'other' }, 'virbr8')
    expect(fake.updates).toEqual([])
  })

  it('leaves no bridge behind when it can’t be plugged in', async () => {
    const fake = new Libvirt11()
    const failing = withPassingBridge(fake.libvirt, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(fake.networks.size).toBe(0)
  })
})
