import { expect, it } from 'vitest'
import type { Io } from '../../../electron/cli/command'
import { followToEnd } from '../../../electron/cli/progress'
import type { Services } from '../../../electron/services/services'
import type { Operation, OperationResult } from '../../../shared/world/operation'
import { machine, nic, world } from '../shared/worlds'

const A = '52:54:00:00:00:01'
const NAT = { type: 'network', network: 'default' } as const
const io = { say: () => undefined } as unknown as Io

function answerTo(result: OperationResult, cards = 1) {
  const web = machine('web', { nics: [nic(A), nic('52:54:00:00:00:02')].slice(0, cards) })
  const operation: Operation = {
    id: 'one',
    subject: { kind: 'connect', machine: web.id, mac: A, to: NAT },
    title: 'Move web',
    steps: [],
    status: { state: 'done', endedAt: 2, summary: 'web is there.', result },
    startedAt: 1,
  }
  const services = {
    world: { current: world({ machines: [web], operations: [operation] }), subscribe: () => () => undefined },
    ended: () => Promise.resolve(operation),
  } as unknown as Services
  return followToEnd(services, 'one', io)
}
const moved = { kind: 'connected', before: NAT, after: NAT, live: true, address: null } as const

it('a move without an address in the end names the command that pulls the cable again', async () => {
  const offer = 'patchbay connect web --replug'
  expect(await answerTo({ ...moved, inVain: true })).toMatchObject({
    text: `web is there.\nTo pull its cable again: ${offer}`,
    document: { summary: 'web is there.', offer },
  })
  expect((await answerTo({ ...moved, inVain: true }, 2)).document.offer).toBe(`${offer} --nic ${A}`)
})

it('nothing is offered where none was waited for', async () => {
  const { text, document } = await answerTo(moved)
  expect([text, document]).toEqual([
    'web is there.',
    expect.not.objectContaining({ offer: expect.anything() as unknown }),
  ])
})
