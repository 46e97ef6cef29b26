import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Failure } from '../../shared/failure'
import { startFastLab, type Lab } from './index'
import { english } from '../../shared/phrases/english'

const RUN_TS = fileURLToPath(new URL('../../scripts/run-ts.mjs', import.meta.url))
const OPEN = fileURLToPath(new URL('libvirt-open.ts', import.meta.url))

let lab: Lab

beforeAll(async () => {
  // With NetworkManager come D-Bus and polkit.
  lab = await startFastLab()
  await lab.exec(['sed', '-i', 's/^libvirt:.*/&games/', '/etc/group'])
})

afterAll(() => lab.close())

/** What comes of opening libvirt as this user. */
async function openAs(user: string): Promise<Partial<Failure & { hostname: string }>> {
  const ids = (await lab.exec(['getent', 'passwd', user])).stdout.split(':').slice(2, 4)
  const { stdout } = await lab.exec([process.execPath, RUN_TS, OPEN, ...ids])
  return JSON.parse(stdout) as Partial<Failure & { hostname: string }>
}

async function restartLibvirt(configuration: string): Promise<void> {
  const { stdout } = await lab.exec(['cat', '/run/libvirtd.pid'])
  await lab.exec(['kill', stdout.trim()])
  await lab.exec(['tail', '--pid', stdout.trim(), '-f', '/dev/null'])
  writeFileSync(lab.path('/etc/libvirt/libvirtd.conf'), configuration)
  await lab.exec(['libvirtd', '-d'])
}

describe('a user who may not use libvirt', () => {
  it('is stopped by the socket, and told which group to join', async () => {
    await restartLibvirt('unix_sock_rw_perms = "0700"\nauth_unix_rw = "none"')
    const failure = await openAs('nobody')
    expect(failure.code).toBe('not-permitted')
    expect(english(failure.hint ?? '')).toContain('group libvirt')
    expect(failure.detail).toContain('EACCES')
  })

  it('is stopped by polkit, and told the same', async () => {
    await restartLibvirt('unix_sock_rw_perms = "0777"\nauth_unix_rw = "polkit"')
    const failure = await openAs('nobody')
    expect(failure.code).toBe('not-permitted')
    expect(english(failure.hint ?? '')).toContain('group libvirt')
    expect(failure.detail).toMatch(/^authPolkit: /)
    expect(await openAs('root')).toHaveProperty('hostname')
  })

  it('is let in by polkit once in the group', async () => {
    expect(await openAs('games')).toHaveProperty('hostname')
  })
})
