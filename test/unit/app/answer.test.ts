import { expect, it, vi } from 'vitest'
import { answer } from '../../../electron/app/answer'
import { PatchbayError } from '../../../shared/failure'

const request = {
  machine: '5b1f64f3-93a9-4a1e-8f8f-0c5b3f5d2c11',
  mac: '52:54:00:00:00:01',
  to: { kind: 'lan' },
  live: true,
}

it('passes a request that fits its schema on and gives back the answer', async () => {
  const connect = vi.fn(() => 'operation-1')
  expect(await answer('machine:connect', connect, request)).toEqual({ ok: true, value: 'operation-1' })
  expect(connect).toHaveBeenCalledWith(request)
})

it.each([
  ['an unknown key', { ...request, command: 'rm' }],
  ['a MAC that is none', { ...request, mac: '52:54:00:00:00:01; reboot' }],
  ['no object at all', 'lan'],
  ['nothing', undefined],
])('refuses %s without running anything', async (_what, payload) => {
  const connect = vi.fn(() => 'operation-1')
  expect(await answer('machine:connect', connect, payload)).toMatchObject({
    ok: false,
    failure: { code: 'usage' },
  })
  expect(connect).not.toHaveBeenCalled()
})

it('turns what the service throws into a failure', async () => {
  const refusal = { code: 'refused', message: 'There is no bridge.' } as const
  const refuse = () => Promise.reject(new PatchbayError(refusal))
  expect(await answer('machine:connect', refuse, request)).toEqual({ ok: false, failure: refusal })
  const break_ = () => {
    throw new TypeError('oops')
  }
  expect(await answer('machine:connect', break_, request)).toMatchObject({
    ok: false,
    failure: { code: 'internal', message: 'oops' },
  })
})
