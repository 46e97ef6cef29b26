import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CheckReport, Finding } from '../../shared/doctor/doctor'
import { until } from './bridge-driver'
import { buildPatchbay, PATCHBAY } from './cli-helpers'
import { scriptIn, throughAll } from './doctor-driver'
import { startFullLab, type Exec, type FullLab } from './index'

vi.setConfig({ testTimeout: 240_000 })

let lab: FullLab
let sh: (script: string) => Promise<string>

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFullLab()
  sh = scriptIn(lab)
})
afterAll(() => lab.close())

const asPerson = (...words: string[]): Promise<Exec> =>
  lab.asDesktopUser([...PATCHBAY, 'doctor', ...words], { check: false, timeoutMs: 90_000 })

async function foundByPerson(check: string): Promise<readonly Finding[]> {
  const { code, stdout, stderr } = await asPerson('--json')
  expect(code, stderr + stdout).toBe(0)
  const { checks } = JSON.parse(stdout) as { checks: CheckReport[] }
  const verdict = checks.find((one) => one.check === check)?.verdict
  return verdict?.state === 'found' ? verdict.findings : []
}

describe('the doctor of a person at the desk', () => {
  const members = (): Promise<string> => sh('getent group libvirt')

  it('needs no password to look, and says what only root can see', async () => {
    const agent = await lab.polkitAgent({ mode: 'answer' })
    const { stdout } = await asPerson()
    // What nobody could look at is not fine.
    expect(stdout).toMatch(/^Nothing wrong was found\. (One check|\d+ checks) could not be made\.$/m)
    expect(stdout).not.toContain('Nothing is wrong')
    expect(stdout).toContain('Only root may read the firewall.')
    expect(agent.count()).toBe(0)
  })

  it('adds the person to the group libvirt after one password prompt, and takes that back', async () => {
    expect(await foundByPerson('libvirt-group')).toEqual([])
    const usual = await members()
    await sh('gpasswd --delete dev libvirt')
    const troubled = await members()
    await lab.polkitAgent({ mode: 'dismiss' })
    expect(await foundByPerson('libvirt-group')).toMatchObject([{ weight: 'trouble', subject: 'libvirt' }])

    const agent = await lab.polkitAgent({ mode: 'answer' })
    const fixed = await asPerson('--fix', 'libvirt-group')
    expect([fixed.code, fixed.stderr]).toEqual([0, expect.stringContaining('+ gpasswd --add USER libvirt')])
    expect(agent.count()).toBe(1)
    expect(await members()).toBe(usual)
    // Each session of this test is a new one, and so in the group at once.
    expect(await foundByPerson('libvirt-group')).toEqual([])

    expect((await asPerson('--undo', 'libvirt-group')).code).toBe(0)
    expect(agent.count()).toBe(2)
    expect(await members()).toBe(troubled)
    expect(await foundByPerson('libvirt-group')).toHaveLength(1)
    await sh('gpasswd --add dev libvirt')
  })

  it('changes nothing when the prompt is dismissed', async () => {
    await sh('gpasswd --delete dev libvirt')
    const before = await members()
    await lab.polkitAgent({ mode: 'dismiss' })
    expect((await asPerson('--fix', 'libvirt-group')).code).toBe(5)
    expect(await members()).toBe(before)
    await sh('gpasswd --add dev libvirt')
  })
})

describe('the doctor', () => {
  it('gives firewalld libvirt’s zone', async () => {
    await sh('systemctl start firewalld')
    await until('firewalld', 30_000, async () => {
      return (await lab.exec(['firewall-cmd', '--state'], { check: false })).code === 0
    })
    // libvirt's package brings the zone, and policies for another one.
    const [zone, kept] = ['/usr/lib/firewalld/zones/libvirt.xml', '/root/libvirt.xml']
    const zones = (): Promise<string> => sh('firewall-cmd --get-zones; ls /etc/firewalld/zones')
    await throughAll(lab, {
      ...{ check: 'firewalld-zone', subject: 'libvirt', state: zones },
      make: () => sh(`mv ${zone} ${kept}; firewall-cmd --reload`),
      cure: () => sh(`mv ${kept} ${zone}; firewall-cmd --reload`),
    })
  })
})
