import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CableWatch } from '../../../electron/world/cable-watch'
import { machine, nic } from '../shared/worlds'

const MAC = '52:54:00:00:00:01'
const due: string[] = []
const watch = new CableWatch((id) => due.push(id))
const web = (linkUp: boolean, pulledUntil?: number) =>
  machine('web', {
    state: 'running',
    nics: [nic(MAC, { linkUp, ...(pulledUntil === undefined ? {} : { pulledUntil }) })],
  })

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  due.length = 0
})
afterEach(() => {
  watch.close()
  vi.useRealTimers()
})

it('has a machine looked at once its cable must be in again', () => {
  watch.saw([web(true, 1_012_000)])
  vi.advanceTimersByTime(12_000)
  expect(due).toEqual([])
  vi.advanceTimersByTime(200)
  expect(due).toEqual(['id-web'])
  expect(vi.getTimerCount()).toBe(0)
})

it('waits for nothing when it is in, left out, or cut by the user', () => {
  watch.saw([web(true, 1_012_000)])
  for (const seen of [web(true), web(false, 900_000), web(false)]) {
    watch.saw([seen])
    expect(vi.getTimerCount()).toBe(0)
  }
})

it('does not wait for a time that no pull takes', () => {
  watch.saw([web(true, 9_999_999_999_999)])
  vi.advanceTimersByTime(60_000)
  expect(due).toEqual(['id-web'])
})
