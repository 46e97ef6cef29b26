import { expect, it } from 'vitest'
import { holdsBy, type Listen, waitUntil } from '../../../electron/helper/protocol/wait'

const silence: Listen = () => () => undefined
const never = (): Promise<boolean> => Promise.resolve(false)

it('gives up at the deadline when nothing at all is heard, whichever clock is ahead', async () => {
  // Node's timers take whole milliseconds, so some of these run before their time.
  const waits = Array.from({ length: 100 }, (_, index) =>
    holdsBy(never, { deadline: performance.now() + 5 + index / 101 }, silence),
  )
  expect(await Promise.all(waits)).toEqual(waits.map(() => false))
})

it('says what it has waited for', async () => {
  const waiting = waitUntil('br0 did not come', never, { deadline: performance.now() + 5.9 }, silence)
  await expect(waiting).rejects.toThrow('br0 did not come')
})

it('looks again at every event, and stops listening then', async () => {
  const heard: string[] = []
  let notice: () => void = () => undefined
  const listen: Listen = (report) => {
    notice = report
    return () => heard.push('stopped')
  }
  let holds = false
  const condition = (): Promise<boolean> => {
    heard.push('looked')
    return Promise.resolve(holds)
  }
  const waiting = waitUntil('', condition, { deadline: performance.now() + 60_000 }, listen)
  await Promise.resolve()
  holds = true
  notice()
  await waiting
  expect(heard).toEqual(['looked', 'looked', 'stopped'])
})

it('ends with the reason of its signal', async () => {
  const control = new AbortController()
  const patience = { deadline: performance.now() + 60_000, signal: control.signal }
  const waiting = waitUntil('', never, patience, silence)
  control.abort(new Error('the caller is gone'))
  await expect(waiting).rejects.toThrow('the caller is gone')
})
