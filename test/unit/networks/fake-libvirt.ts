import { PatchbayError } from '../../../shared/failure'
import type { Libvirt } from '../../../electron/libvirt/libvirt'
import type { ArgsOf, ProcedureName, ReturnOf } from '../../../electron/libvirt/procedures'

const UUID = '0b1690dc-a020-4534-8692-479c8a8b4e7c'
type Answers = { [N in ProcedureName]?: (args: ArgsOf<N>) => ReturnOf<N> }
type Call = [ProcedureName, ...unknown[]]

/** A libvirt with one network, which notes what it is told and can refuse a call. */
export class FakeLibvirt {
  readonly told: Call[] = []
  active = true
  persistent = true
  correctOrder = true
  xml = ''
  refuses: (...call: Call) => boolean = () => false

  readonly #answers: Answers = {
    networkLookupByName: ({ name }) => ({ net: { name, uuid: UUID } }),
    networkIsActive: () => ({ active: this.active }),
    networkIsPersistent: () => ({ persistent: this.persistent }),
    networkGetXmlDesc: () => ({ xml: this.xml }),
    connectSupportsFeature: () => ({ supported: this.correctOrder }),
    networkDefineXml: ({ xml }) => {
      this.#tell('networkDefineXml', xml)
      return { net: { name: 'lab', uuid: UUID } }
    },
    networkUpdate: ({ command, section, parentIndex, xml, flags }) =>
      this.#tell('networkUpdate', command, section, parentIndex, xml, flags),
    networkCreate: () => this.#tell('networkCreate'),
    networkDestroy: () => this.#tell('networkDestroy'),
    networkUndefine: () => this.#tell('networkUndefine'),
    networkSetAutostart: ({ autostart }) => this.#tell('networkSetAutostart', autostart),
  }

  readonly libvirt: Libvirt = {
    uri: 'qemu:///system',
    call: <N extends ProcedureName>(name: N, args: ArgsOf<N>): Promise<ReturnOf<N>> => {
      const answer = this.#answers[name]
      return Promise.resolve().then(() => {
        if (!answer) throw new Error(`${name} is not in this test`)
        return answer(args)
      })
    },
    subscribe: () => Promise.reject(new Error('not in this test')),
    onClose: () => () => false,
    close: () => Promise.resolve(),
  }

  #tell(...call: Call): Record<string, never> {
    if (this.refuses(...call)) throw new PatchbayError({ code: 'libvirt-error', message: 'libvirt: no' })
    this.told.push(call)
    return {}
  }
}
