import { describe, expect, it } from 'vitest'
import type { Side } from '../../../electron/machines/sides'
import { planSwitch } from '../../../electron/machines/switch-check'
import { UndoList } from '../../../electron/machines/undo-list'
import { PatchbayError, toFailure } from '../../../shared/failure'
import type { Attachment } from '../../../shared/world/world'
import { english } from '../../../shared/phrases/english'

const NAT: Attachment = { type: 'network', network: 'default' }
const LAN: Attachment = { type: 'bridge', bridge: 'br0' }
const MACVTAP: Attachment = { type: 'direct', link: 'eth0', mode: 'bridge' }
const USER: Attachment = { type: 'other', description: 'user networking' }

const side = (affect: number, attachment: Attachment): Side => ({
  affect,
  xml: '<interface/>',
  domainXml: '<domain/>',
  attachment,
})
const live = (attachment: Attachment): Side => side(1, attachment)
const saved = (attachment: Attachment): Side => side(2, attachment)
const wish = (to: Attachment, now = true) => ({ machine: 'web', mac: '52:54:00:00:00:01', to, live: now })

describe('what a switch has to move', () => {
  it('is both definitions of a running machine', () => {
    const sides = { live: live(NAT), saved: saved(NAT) }
    expect(planSwitch(sides, wish(LAN))).toEqual({ target: LAN, moves: sides, missing: null })
  })

  it('is the saved one alone when the machine is off, or shall be left alone', () => {
    const moves = { live: null, saved: saved(NAT) }
    expect(planSwitch({ live: null, saved: saved(NAT) }, wish(LAN)).moves).toEqual(moves)
    expect(planSwitch({ live: live(NAT), saved: saved(NAT) }, wish(LAN, false)).moves).toEqual(moves)
  })

  it('is the live one alone for a machine without a saved definition', () => {
    expect(planSwitch({ live: live(NAT), saved: null }, wish(LAN)).moves).toEqual({
      live: live(NAT),
      saved: null,
    })
  })

  it('leaves out what is there already', () => {
    expect(planSwitch({ live: live(LAN), saved: saved(NAT) }, wish(LAN)).moves).toEqual({
      live: null,
      saved: saved(NAT),
    })
    expect(planSwitch({ live: live(LAN), saved: saved(LAN) }, wish(LAN)).moves).toEqual({
      live: null,
      saved: null,
    })
  })

  it('takes a saved NIC away from macvtap', () => {
    expect(planSwitch({ live: null, saved: saved(MACVTAP) }, wish(NAT)).moves.saved).toEqual(saved(MACVTAP))
  })

  it.each([
    ['there is no such NIC', { live: null, saved: null }, wish(LAN), 'not-found'],
    ['nothing is saved', { live: live(NAT), saved: null }, wish(LAN, false), 'refused'],
    ['it is nothing Patchbay switches', { live: live(USER), saved: saved(USER) }, wish(NAT), 'unsupported'],
    [
      'the saved one is nothing Patchbay switches',
      { live: null, saved: saved(USER) },
      wish(NAT),
      'unsupported',
    ],
    ['the target is nothing to plug into', { live: null, saved: saved(NAT) }, wish(USER), 'usage'],
  ])('is nothing when %s', (_when, sides, request, code) => {
    let failure = null
    try {
      planSwitch(sides, request)
    } catch (thrown) {
      failure = toFailure(thrown)
    }
    expect(failure?.code).toBe(code)
  })
})

describe('putting back', () => {
  const failure = new PatchbayError({ code: 'libvirt-error', message: 'No.', detail: 'x' })
  const changed = async (done: UndoList, log: string[], name: string, undo = () => Promise.resolve()) =>
    done.change(
      () => Promise.resolve(void log.push(name)),
      () => {
        log.push(`undo ${name}`)
        return undo()
      },
    )

  it('undoes the newest change first and says that all is as before', async () => {
    const done = new UndoList()
    const log: string[] = []
    await changed(done, log, 'a')
    await changed(done, log, 'b')
    const told = toFailure(await done.putBack(failure))
    expect(log).toEqual(['a', 'b', 'undo b', 'undo a'])
    expect(told).toMatchObject({ code: 'rolled-back', detail: 'x' })
    expect(english(told.message)).toMatch(/^No\. .* as before/)
  })

  it('tells the failure alone when nothing had been changed', async () => {
    const done = new UndoList()
    await done
      .change(
        () => Promise.reject(failure),
        () => Promise.resolve(),
      )
      .catch(String)
    expect(await done.putBack(failure)).toBe(failure)
  })

  it('tells both failures when it does not work', async () => {
    const done = new UndoList()
    await changed(done, [], 'a', () => Promise.reject(new Error('gone')))
    const told = toFailure(await done.putBack(failure))
    expect(told.code).toBe('rollback-failed')
    expect(english(told.message)).toContain('No.')
    expect(english(told.message)).toContain('gone')
  })
})
