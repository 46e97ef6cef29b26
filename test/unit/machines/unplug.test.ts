import { beforeEach, describe, expect, it } from 'vitest'
import { LibvirtError } from '../../../electron/libvirt/errors'
import type { EventMessage, EventName } from '../../../electron/libvirt/events'
import type { Libvirt } from '../../../electron/libvirt/libvirt'
import type { ArgsOf, ProcedureName, ReturnOf } from '../../../electron/libvirt/procedures'
import { unplug } from '../../../electron/machines/unplug'
import { toFailure } from '../../../shared/failure'
import { saying } from '../shared/saying'

const MAC = '52:54:00:00:00:01'
const DOM = { name: 'web', uuid: '0b1690dc-a020-4534-8692-479c8a8b4e7c', id: 3 }
const NIC = `<interface type='network'><mac address='${MAC}'/><source network='default'/><alias name='net0'/></interface>`

/** A daemon whose guest does what the test says. */
class Guest {
  has = true
  asked: () => void = () => undefined
  plugged = 0
  readonly #listeners = new Map<EventName, (message: never) => void>()

  get listensTo(): number {
    return this.#listeners.size
  }

  tell<E extends EventName>(event: E, message: Omit<EventMessage<E>, 'callbackID'>): void {
    this.#listeners.get(event)?.({ callbackID: 1, ...message } as never)
  }

  letsGo(alias = 'net0', dom = DOM): void {
    this.has = false
    this.tell('deviceRemoved', { dom, devAlias: alias })
  }

  readonly libvirt: Libvirt = {
    uri: 'qemu:///system',
    call: <N extends ProcedureName>(name: N, args: ArgsOf<N>): Promise<ReturnOf<N>> => {
      const answers: { [P in ProcedureName]?: (args: ArgsOf<P>) => ReturnOf<P> } = {
        domainDetachDeviceFlags: () => {
          this.asked()
          return {}
        },
        domainGetXmlDesc: () => ({ xml: `<domain><devices>${this.has ? NIC : ''}</devices></domain>` }),
      }
      const answer = answers[name]
      return new Promise((resolve) => {
        if (!answer) throw new Error(`${name} was not expected`)
        resolve(answer(args))
      })
    },
    subscribe: (event, listener) => {
      this.#listeners.set(event, listener)
      return Promise.resolve(() => Promise.resolve(void this.#listeners.delete(event)))
    },
    onClose: () => () => undefined,
    close: () => Promise.resolve(),
  }

  unplug = (patienceMs = 20): Promise<unknown> =>
    unplug(this.libvirt, {
      dom: DOM,
      mac: MAC,
      xml: NIC,
      patienceMs,
      plugBack: () => {
        this.plugged++
        return Promise.resolve()
      },
    }).then(
      () => 'unplugged',
      (thrown: unknown) => toFailure(thrown),
    )
}

let guest: Guest
beforeEach(() => (guest = new Guest()))

describe('a NIC', () => {
  it('is unplugged when the guest lets go, also before libvirt has answered', async () => {
    guest.asked = () => guest.letsGo()
    expect(await guest.unplug()).toBe('unplugged')
    expect(guest.listensTo).toBe(0)
  })

  it('is unplugged when the guest takes its time', async () => {
    guest.asked = () => void setTimeout(() => guest.letsGo(), 10)
    expect(await guest.unplug(5000)).toBe('unplugged')
  })

  it('is unplugged when nothing was told of it, and it is gone', async () => {
    guest.asked = () => (guest.has = false)
    expect(await guest.unplug()).toBe('unplugged')
    expect(guest.listensTo).toBe(0)
  })

  it('stays when the guest refuses', async () => {
    guest.asked = () => guest.tell('deviceRemovalFailed', { dom: DOM, devAlias: 'net0' })
    expect(await guest.unplug()).toMatchObject({ code: 'unsupported', message: saying('refuses to let go') })
    expect(guest.listensTo).toBe(0)
  })

  it('stays when only others let go of theirs', async () => {
    guest.asked = () => {
      guest.tell('deviceRemoved', { dom: DOM, devAlias: 'net1' })
      guest.tell('deviceRemoved', { dom: { ...DOM, uuid: DOM.uuid.replace('0b', '0c') }, devAlias: 'net0' })
    }
    expect(await guest.unplug()).toMatchObject({ code: 'unsupported', hint: saying('--no-live') })
  })

  it('that the guest lets go of too late is plugged in again, once', async () => {
    expect(await guest.unplug()).toMatchObject({ code: 'unsupported', message: saying('did not let go') })
    expect(guest.plugged).toBe(0)
    guest.letsGo()
    guest.letsGo()
    expect(guest.plugged).toBe(1)
    await Promise.resolve()
    expect(guest.listensTo).toBe(0)
  })

  it('of a machine that stops meanwhile is told so', async () => {
    guest.asked = () => guest.tell('domainLifecycle', { dom: DOM, event: 5, detail: 0 })
    expect(await guest.unplug()).toMatchObject({ code: 'libvirt-error', message: saying('stopped') })
  })

  it('that libvirt does not unplug fails with libvirt’s word, and nobody listens any more', async () => {
    const nothing = { level: 2, dom: null, str1: null, str2: null, str3: null, int1: 0, int2: 0, net: null }
    guest.asked = () => {
      throw new LibvirtError('detach', { code: 9, domain: 10, message: 'not hotpluggable', ...nothing })
    }
    expect(await guest.unplug()).toMatchObject({ message: saying('not hotpluggable') })
    expect(guest.listensTo).toBe(0)
  })
})
