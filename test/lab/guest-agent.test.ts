import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPatchbay, document, patchbay } from './cli-helpers'
import { type Guest, type Lab, startFastLab } from './index'

const BOOT_MS = 120_000

let lab: Lab
let web: Guest
let mate: Guest

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFastLab({ networkManager: false })
  ;[web, mate] = await Promise.all([lab.addGuest('web', { agent: true }), lab.addGuest('mate')])
  await Promise.all([web, mate].map((guest) => guest.waitForAddress(undefined, BOOT_MS)))
})
afterAll(() => lab.close())

const probed = async (from: string, to: string): Promise<unknown> => {
  const { code, stdout, stderr } = await patchbay(lab, 'reach', from, to, '--probe', '--json')
  if (code !== 0) throw new Error(stdout + stderr)
  return JSON.parse(stdout)
}

describe('QEMU’s guest agent in a machine', () => {
  it('pings for the machine what it is said to reach', async () => {
    const ping = { by: 'ping', from: 'web' }
    expect(await probed('web', 'lan')).toMatchObject({
      answer: 'yes',
      probe: { conclusion: 'agrees', probed: { sent: [{ ...ping, answeredBy: lab.router.address }] } },
    })
    const [ip] = mate.addresses().values()
    expect(await probed('web', 'mate')).toMatchObject({
      answer: 'yes',
      probe: { conclusion: 'agrees', probed: { sent: [{ ...ping, to: ip, answeredBy: ip }] } },
    })
  })

  it('tells the address where nobody else knows it: on macvtap', async () => {
    const { code, doc } = await document(lab, 'connect', 'web', `macvtap:${lab.nic}`)
    expect([code, doc.failure]).toEqual([0, undefined])
    expect(doc.result?.address).toMatchObject({
      ip: expect.stringMatching(/^10\.77\.0\.1\d\d$/) as unknown,
      source: 'agent',
    })
  })

  it('is surprised when its ping is not answered', async () => {
    await web.sh('ip link set eth0 down')
    expect(await probed('web', 'lan')).toMatchObject({ answer: 'yes', probe: { conclusion: 'surprise' } })
  })
})
