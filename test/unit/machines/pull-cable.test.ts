import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Libvirt } from '../../../electron/libvirt/libvirt'
import { linkOf } from '../../../electron/machines/interface-xml'
import { pullCable, pullUnlessGone } from '../../../electron/machines/pull-cable'
import { PatchbayError, toFailure, type Failure } from '../../../shared/failure'

const MAC = '52:54:00:00:00:01'
const DOM = { name: 'web', uuid: '0b1690dc-a020-4534-8692-479c8a8b4e7c', id: 3 }

/** A running machine with one NIC, which keeps its metadata as libvirt does. */
class Running {
  nic = `<interface type='network'><mac address='${MAC}'/><source network='default'/></interface>`
  metadata: string | null = null
  state = 1
  readonly links: string[] = []
  fails: (number: number) => boolean = () => false

  readonly libvirt = {
    call: (name: string, args: { xml?: string; metadata?: string | null }) => {
      switch (name) {
        case 'domainIsPersistent':
          return Promise.resolve({ persistent: false })
        case 'domainGetState':
          return Promise.resolve({ state: this.state, reason: 0 })
        case 'domainGetXmlDesc':
          return Promise.resolve({ xml: this.#xml() })
        case 'domainSetMetadata':
          this.metadata = args.metadata ?? null
          return Promise.resolve({})
        case 'domainUpdateDeviceFlags': {
          const number = this.links.push(linkOf(args.xml ?? '')) - 1
          if (this.fails(number))
            return Promise.reject(new PatchbayError({ code: 'libvirt-error', message: 'No.' }))
          this.nic = args.xml ?? ''
          return Promise.resolve({})
        }
        default:
          return Promise.reject(new Error(`${name} was not expected`))
      }
    },
  } as unknown as Libvirt

  #xml(): string {
    const notes = (this.metadata ?? '')
      .replace('<nics', "<nics xmlns:patchbay='urn:patchbay:nics-live:1'")
      .replaceAll(/<(\/?)([a-z])/g, '<$1patchbay:$2')
    return `<domain><metadata>${notes}</metadata><devices>${this.nic}</devices></domain>`
  }
}

let machine: Running
beforeEach(() => (machine = new Running()))

const pull = (change: { ms?: number; signal?: AbortSignal } = {}) =>
  pullCable(machine.libvirt, { dom: DOM, mac: MAC, ms: 1, ...change })
const failureOf = async (work: Promise<unknown>): Promise<Failure | null> => work.then(() => null, toFailure)

describe('a cable that is pulled', () => {
  it('goes in as it was, and is noted while it is out', async () => {
    let noted: string | null = null
    machine.fails = (number) => {
      if (number === 0) noted = machine.metadata
      return false
    }
    await pull()
    expect(machine.links).toEqual(['down', 'unset'])
    expect(noted).toContain('pulled-until')
    expect(machine.metadata).toBeNull()
  })

  it('goes in at once when the signal comes', async () => {
    const over = new AbortController()
    const pulled = pull({ ms: 3_600_000, signal: over.signal })
    await vi.waitFor(() => expect(machine.links).toEqual(['down']))
    over.abort()
    await pulled
    expect(machine.links).toEqual(['down', 'unset'])
  })

  it('goes in also when libvirt fails to pull it', async () => {
    machine.fails = (number) => number === 0
    expect(await failureOf(pull())).toMatchObject({ code: 'libvirt-error' })
    expect(machine.links).toEqual(['down', 'unset'])
    expect(machine.metadata).toBeNull()
  })

  it('and can’t be put in stays noted, and the way out is named', async () => {
    machine.fails = (number) => number === 1
    expect(await failureOf(pull())).toMatchObject({
      code: 'rollback-failed',
      hint: 'Put it in with: patchbay connect web --replug',
    })
    expect(machine.metadata).toContain('pulled-until')
    // The next pull knows that this is no setting of the user's.
    machine.fails = () => false
    await pull()
    expect([linkOf(machine.nic), machine.metadata]).toEqual(['unset', null])
  })

  it('of a machine that is shut down meanwhile is no failure', async () => {
    machine.fails = (number) => number === 1
    machine.state = 5
    expect(await pullUnlessGone(machine.libvirt, { dom: DOM, mac: MAC, ms: 1 })).toBe(
      'web was shut down meanwhile',
    )
  })

  it('is refused where the user has cut it', async () => {
    machine.nic = machine.nic.replace('<source', "<link state='down'/><source")
    expect(await failureOf(pull())).toMatchObject({ code: 'refused' })
    expect([machine.links, machine.metadata]).toEqual([[], null])
  })
})
