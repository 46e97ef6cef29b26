import { describe, expect, it } from 'vitest'
import { openServices, type Parts, type Services } from '../../../electron/services/services'
import { FixRecords } from '../../../electron/services/fix-records'
import { toFailure, type Failure } from '../../../shared/failure'
import type { DoctorFacts } from '../../../electron/doctor/facts'
import { facts } from '../doctor/facts'
import { FakeHost, ID } from './fake-host'

const uri = 'qemu:///system'

async function open(
  of: DoctorFacts,
  host = new FakeHost(),
  at = uri,
): Promise<{ services: Services; host: FakeHost }> {
  const parts: Parts = {
    ...host.parts,
    readDoctorFacts: () => Promise.resolve(of),
    fixRecords: new FixRecords('/nonexistent'),
  }
  return {
    services: await openServices({ uri: at, helper: '/helper.cjs', parts, look: { libvirt: false } }),
    host,
  }
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error('it worked')
}

const closed: DoctorFacts = facts({ firewall: { ...facts().firewall, firewalldZones: ['public'] } })

describe('the doctor', () => {
  it('fixes by the helper what is found, and tells how it went', async () => {
    const { services, host } = await open(closed)
    const id = await services.doctor().fix({ check: 'firewalld-zone', subject: null })
    expect(host.requests).toEqual([
      { verb: 'add', request: { version: 1, addition: { kind: 'firewalld-zone' } } },
    ])
    host.end({
      event: 'additions',
      additions: [{ id: ID, addition: { kind: 'firewalld-zone' }, addedAt: 5 }],
    })
    expect(await services.ended(id)).toMatchObject({
      subject: { kind: 'doctor', act: 'fix', check: 'firewalld-zone', about: 'libvirt' },
      status: { state: 'done', result: { kind: 'trouble-fixed' } },
    })
    await services.close()
  })

  it('undoes what the helper has recorded', async () => {
    const additions = [{ id: ID, addition: { kind: 'firewalld-zone' as const }, addedAt: 5 }]
    const { services, host } = await open(facts({ additions }))
    expect((await services.doctor().report()).made).toMatchObject([
      { id: ID, check: 'firewalld-zone', subject: 'libvirt', madeAt: 5 },
    ])
    const id = await services.doctor().undo({ check: 'firewalld-zone', subject: null })
    expect(host.requests).toEqual([{ verb: 'remove', request: { version: 1, addition: ID } }])
    host.end({ event: 'additions', additions: [] })
    expect((await services.ended(id)).status).toMatchObject({ result: { kind: 'fix-undone' } })
    await services.close()
  })

  it('changes nothing for what is not found, not made, or not its to change', async () => {
    const { services, host } = await open(facts({ desktop: { isGraphical: true, showsStatusIcons: false } }))
    const doctor = services.doctor()
    const codes = [
      await failureOf(doctor.fix({ check: 'firewalld-zone', subject: null })),
      await failureOf(doctor.undo({ check: 'firewalld-zone', subject: null })),
      await failureOf(doctor.fix({ check: 'no-tray', subject: null })),
    ].map(({ code }) => code)
    expect([codes, host.requests]).toEqual([['not-found', 'not-found', 'refused'], []])
    await services.close()
  })

  it('is of no use for machines on another computer', async () => {
    const { services } = await open(facts(), new FakeHost(), 'qemu+ssh://lab/system')
    expect(() => services.doctor()).toThrow('another')
    await services.close()
  })
})
