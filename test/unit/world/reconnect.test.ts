import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { delayMs, Reconnect } from '../../../electron/world/reconnect'

describe('the delay before another attempt', () => {
  it('grows to half a minute and no further, and varies by a fifth', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (failures, luck) => {
        const delay = delayMs(failures, luck)
        expect(delay).toBeGreaterThanOrEqual(400)
        expect(delay).toBeLessThanOrEqual(36_000)
        expect(delayMs(failures + 1, luck)).toBeGreaterThanOrEqual(delay)
        expect(delay / delayMs(failures, 0.5)).toBeCloseTo(0.8 + 0.4 * luck)
      }),
    )
    expect([0, 1, 2, 3, 4, 5, 99].map((failures) => delayMs(failures, 0.5))).toEqual([
      500, 1000, 2000, 5000, 10_000, 30_000, 30_000,
    ])
  })
})

describe('attempts', () => {
  let attempts: number
  let reconnect: Reconnect

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    attempts = 0
    reconnect = new Reconnect(null, () => {
      attempts++
      reconnect.arm()
    })
  })
  afterEach(() => {
    reconnect.disarm()
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  it('become rarer while they fail', () => {
    reconnect.arm()
    const seen: number[] = []
    for (let second = 0; second < 80; second++) {
      vi.advanceTimersByTime(1000)
      seen.push(attempts)
    }
    // 0.5, 1.5, 3.5, 8.5, 18.5, 48.5, 78.5
    expect([0, 1, 3, 8, 18, 48, 78].map((second) => seen[second])).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('are soon again after a connection that lasted', () => {
    reconnect.arm()
    vi.advanceTimersByTime(20_000)
    reconnect.succeeded()
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(10_000)
    const before = attempts
    reconnect.arm()
    vi.advanceTimersByTime(500)
    expect(attempts).toBe(before + 1)
  })

  it('are not, after connections that break as soon as they are there', () => {
    let connections = 0
    const breaking = new Reconnect(null, () => {
      connections++
      breaking.succeeded()
      breaking.arm()
    })
    breaking.arm()
    vi.advanceTimersByTime(80_000)
    breaking.disarm()
    expect(connections).toBeLessThan(9)
  })

  it('end with disarm', () => {
    reconnect.arm()
    reconnect.disarm()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a sign of life', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-reconnect-'))
  afterEach(() => rmSync(folder, { recursive: true }))

  it('brings an attempt at once, and the next one soon should that come too early', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    let attempts = 0
    const reconnect = new Reconnect(folder, () => attempts++)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    for (let failures = 0; failures < 9; failures++) {
      reconnect.arm()
      vi.advanceTimersByTime(30_000)
    }
    expect(attempts).toBe(9)
    reconnect.arm()
    vi.useRealTimers()
    writeFileSync(join(folder, 'libvirtd.pid'), '')
    writeFileSync(join(folder, 'libvirt-sock'), '')
    await expect.poll(() => attempts).toBe(10)

    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    reconnect.arm()
    vi.advanceTimersByTime(500)
    expect(attempts).toBe(11)
    reconnect.disarm()
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
})
