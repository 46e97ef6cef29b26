import type { Libvirt } from '../../../electron/libvirt/libvirt'
import type { LibvirtChange, LibvirtSession } from '../../../electron/world/session'
import { PatchbayError, type Failure } from '../../../shared/failure'
import type { LibvirtNetwork, Machine } from '../../../shared/world/world'
import { machine } from '../shared/worlds'

export const URI = 'qemu:///system'

/** A daemon with machines that the test changes, to see what is read when. */
export class FakeDaemon {
  machines: Machine[] = [machine('a'), machine('b')]
  networks: LibvirtNetwork[] = []
  reads: string[] = []
  refuse: Failure | null = null
  connections = 0
  change: (change: LibvirtChange) => void = () => undefined
  lose: (failure: Failure) => void = () => undefined
  /** Runs while the listing is under way. */
  duringList: () => void = () => undefined

  connect = (): Promise<LibvirtSession> => {
    this.connections++
    if (this.refuse !== null) return Promise.reject(new PatchbayError(this.refuse))
    return Promise.resolve({
      libvirt: unused,
      version: '9.0.0',
      hostname: 'host',
      list: () => {
        const listed = [...this.machines]
        this.duringList()
        return Promise.resolve({ machines: listed, networks: this.networks })
      },
      readMachine: (id) => {
        this.reads.push(id)
        return Promise.resolve(this.machines.find((one) => one.id === id) ?? null)
      },
      readNetwork: () => Promise.resolve(null),
      readLeases: () => Promise.resolve([]),
      onChange: (listener) => {
        this.change = listener
        return Promise.resolve()
      },
      onClose: (listener) => {
        this.lose = listener
      },
      close: () => Promise.resolve(),
    })
  }
}

const unused: Libvirt = {
  uri: URI,
  call: () => Promise.reject(new Error('the source makes no calls of its own')),
  subscribe: () => Promise.reject(new Error('the source subscribes through its session')),
  onClose: () => () => false,
  close: () => Promise.resolve(),
}
