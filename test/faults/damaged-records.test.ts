import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HelperEvent } from '../../shared/helper/protocol'
import type { TransactionState } from '../../shared/helper/transaction'
import { type Lab, startFastLab } from '../lab'
import { planned, startHelper, transactionsIn } from '../lab/bridge-driver'
import { inEnglish } from '../../shared/phrases/english'

const TRANSACTIONS = '/var/lib/patchbay/transactions'
const UNIT = '/etc/systemd/system/patchbay-recover.service'
const FOLDER = '/etc/network/interfaces.d'

/** From the oldest to the newest. */
const IDS = { first: '20260101-000001-aaaa', second: '20260101-000002-bbbb', third: '20260101-000003-cccc' }

let lab: Lab
beforeAll(async () => {
  lab = await startFastLab({ libvirt: false, networkManager: false })
})
afterAll(() => lab.close())

/** Lays out a change that has written “after” to a file of its own, which was “before”. */
function lay(id: string, state: TransactionState, { damaged = false, files = true } = {}): void {
  const folder = lab.path(`${TRANSACTIONS}/${id}`)
  const path = `${FOLDER}/${id}`
  for (const place of ['/var/lib/patchbay', TRANSACTIONS, `${TRANSACTIONS}/${id}`, FOLDER]) {
    mkdirSync(lab.path(place), { recursive: true, mode: 0o755 })
  }
  mkdirSync(`${folder}/snapshot/files`, { recursive: true, mode: 0o700 })
  const write = (name: string, data: unknown): void =>
    writeFileSync(`${folder}/${name}`, JSON.stringify(data), { mode: 0o644 })
  const intent = { kind: 'create-bridge', nic: lab.nic, bridge: 'br0' }
  write('summary.json', { id, intent, startedAt: 1, state, failure: null, added: [] })
  writeFileSync(`${folder}/snapshot/files/0`, 'before')
  const sha256 = createHash('sha256').update('before').digest('hex')
  write('snapshot/files.json', [{ path, mode: 0o644, uid: 0, gid: 0, sha256, copy: 'files/0' }])
  write('snapshot/after.json', [])
  const kernel = {
    link: lab.nic,
    mac: null,
    mtu: 1500,
    addresses: [],
    routes: [],
    neighbours: [],
    proxies: [],
  }
  const record = {
    version: 2,
    backend: 'kernel',
    ...{ nic: lab.nic, bridge: 'br0', mac: lab.nicMac, lease: null, kernel },
    ...{ files: files ? [path] : [], managersFiles: [], own: null, armed: null },
    before: { addresses: [], routes: [], dns: [], gateways: [] },
  }
  write('snapshot/record.json', damaged ? { version: 2, half: true } : record)
  writeFileSync(lab.path(path), 'after')
}

const fileOf = (id: string): string => readFileSync(lab.path(`${FOLDER}/${id}`), 'utf8')

async function helperEnds(verb: 'apply' | 'rollback', request: unknown): Promise<HelperEvent | undefined> {
  const run = startHelper(lab, verb, request)
  await run.ended
  return run.events.at(-1)
}

const states = async (): Promise<Record<string, TransactionState>> =>
  Object.fromEntries((await transactionsIn(lab)).map(({ id, state }) => [id, state]))

const anyBridge = {
  ...{ version: 1, confirm: 'auto', timeoutSeconds: 10, hostHash: '0'.repeat(64) },
  intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
}

describe('a change whose record is damaged', () => {
  it('keeps no other one from being put back while the computer starts, and the unit for the next time', async () => {
    lay(IDS.first, 'armed')
    lay(IDS.second, 'armed', { damaged: true })
    lay(IDS.third, 'armed')
    mkdirSync(lab.path('/etc/systemd/system'), { recursive: true })
    writeFileSync(lab.path(UNIT), '')
    const atBoot = { version: 1, boot: true }

    const ending = await helperEnds('rollback', atBoot)
    expect(ending).toMatchObject({ event: 'failed', failure: { code: 'rollback-failed' } })
    expect(JSON.stringify(ending)).toContain(IDS.second)
    expect(JSON.stringify(ending)).not.toContain(IDS.first)
    expect([fileOf(IDS.first), fileOf(IDS.second), fileOf(IDS.third)]).toEqual(['before', 'after', 'before'])
    expect(await states()).toEqual({
      [IDS.first]: 'rolled-back',
      [IDS.second]: 'rollback-failed',
      [IDS.third]: 'rolled-back',
    })
    expect(existsSync(lab.path(UNIT))).toBe(true)

    rmSync(lab.path(`${TRANSACTIONS}/${IDS.second}`), { recursive: true })
    expect(await helperEnds('rollback', atBoot)).toMatchObject({ event: 'status' })
    expect(existsSync(lab.path(UNIT))).toBe(false)
  })

  it('is reported before the next change, once, and is in nobody’s way then', async () => {
    rmSync(lab.path(TRANSACTIONS), { recursive: true })
    lay(IDS.first, 'armed', { damaged: true })
    lay(IDS.second, 'undoing', { damaged: true })

    const ending = await helperEnds('apply', anyBridge)
    expect(ending).toMatchObject({ event: 'failed', failure: { code: 'rollback-failed' } })
    for (const id of [IDS.first, IDS.second]) expect(JSON.stringify(ending)).toContain(id)
    expect(Object.values(await states())).toEqual(['rollback-failed', 'rollback-failed'])

    expect(await helperEnds('apply', anyBridge)).toMatchObject({ failure: { code: 'host-changed' } })
  })

  it('may be one that can’t even be removed', async () => {
    rmSync(lab.path(TRANSACTIONS), { recursive: true })
    const begun = lab.path(`${TRANSACTIONS}/${IDS.first}`)
    mkdirSync(begun, { recursive: true, mode: 0o755 })
    await lab.exec(['mount', '-t', 'tmpfs', 'tmpfs', `${TRANSACTIONS}/${IDS.first}`])
    const { nic, bridge, hostHash } = await planned(lab)

    const intent = { kind: 'create-bridge', nic, bridge }
    const ending = await helperEnds('apply', { ...anyBridge, intent, hostHash })
    // As far as it goes where neither systemd nor NetworkManager would take a change back.
    expect(ending).toMatchObject({ failure: { code: 'refused' } })
    expect(JSON.stringify(ending, inEnglish)).toMatch(/could take the change back/)
    await lab.exec(['umount', `${TRANSACTIONS}/${IDS.first}`])
  })

  it('is not taken for the only one that a rollback is to take back', async () => {
    rmSync(lab.path(TRANSACTIONS), { recursive: true })
    lay(IDS.first, 'armed', { files: false })
    lay(IDS.second, 'armed', { damaged: true })
    writeFileSync(lab.path(UNIT), '')
    const rollback = { version: 1 }

    expect(await helperEnds('rollback', rollback)).toMatchObject({ failure: { code: 'rollback-failed' } })
    // One that is unknown: the unit stays for the one that is left.
    await helperEnds('rollback', { ...rollback, transaction: IDS.third })
    expect(existsSync(lab.path(UNIT))).toBe(true)
    await helperEnds('rollback', rollback)
    expect(await states()).toEqual({ [IDS.first]: 'rolled-back', [IDS.second]: 'rollback-failed' })
    expect(existsSync(lab.path(UNIT))).toBe(false)
  })
})
