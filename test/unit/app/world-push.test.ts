import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createWorldPush } from '../../../electron/app/world-push'
import type { WorldPatch } from '../../../shared/ipc/contract'
import type { World } from '../../../shared/world/world'
import { applyPatch } from '../../../shared/ipc/world-patch'
import { LAN_WORLD, NAT_WORLD } from './world'

function setUp() {
  const sent: WorldPatch[] = []
  let world: World = NAT_WORLD
  const push = createWorldPush(
    () => world,
    (patch) => sent.push(patch),
  )
  const change = (next: World): void => {
    world = next
    push.changed()
  }
  return { sent, push, change }
}

it('sends nothing before the window has asked for the World', async () => {
  const { sent, change } = setUp()
  change(LAN_WORLD)
  await turn()
  expect(sent).toEqual([])
})

it('makes one patch of all changes in one turn, which brings the window’s copy up to date', async () => {
  const { sent, push, change } = setUp()
  const copy = push.snapshot()
  change({ ...NAT_WORLD, machines: [] })
  change(LAN_WORLD)
  await turn()
  expect(sent).toHaveLength(1)
  expect(sent.reduce(applyPatch, copy)).toEqual(LAN_WORLD)
})

it('sends nothing twice: what a fresh snapshot holds does not follow as a patch', async () => {
  const { sent, push, change } = setUp()
  push.snapshot()
  change(LAN_WORLD)
  expect(push.snapshot()).toBe(LAN_WORLD)
  await turn()
  expect(sent).toEqual([])
})

it('pauses while the page loads again', async () => {
  const { sent, push, change } = setUp()
  push.snapshot()
  push.pause()
  change(LAN_WORLD)
  await turn()
  expect(sent).toEqual([])
})
