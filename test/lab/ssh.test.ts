import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Document, buildPatchbay, document, PATCHBAY } from './cli-helpers'
import type { Exec } from './command'
import { type FullLab, startFullLab } from './index'
import { english } from '../../shared/phrases/english'

/** The workstation is the other computer as well: a real sshd in its LAN, and the person at the desk logs in there. */
let lab: FullLab
let address: string
let uri: string

const FAR_MACHINE =
  '<domain type="qemu"><name>far</name><memory>8192</memory><os><type>hvm</type></os></domain>'
const TERMINAL = join(import.meta.dirname, 'terminal.py')
const PASSPHRASE = 'open sesame'

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFullLab()
  address = /[\d.]+(?=\/)/.exec(await sh(`ip -4 -br address show dev ${lab.nic}`))?.[0] ?? ''
  uri = `qemu+ssh://dev@${address}/system`
  await sh(`systemctl start ssh; echo '${FAR_MACHINE}' | virsh -q define /dev/stdin`)
})
afterAll(() => lab.close())

const sh = async (script: string): Promise<string> => (await lab.exec(['sh', '-ec', script])).stdout

const asPerson = (argv: readonly string[]): Promise<Exec> =>
  lab.asDesktopUser(argv, { check: false, timeoutMs: 90_000 })

/** Machines over there, without a terminal that anybody could answer on. */
const machines = (of = uri): string[] => [...PATCHBAY, 'machines', '--connect', of, '--json']

async function outcome(argv: readonly string[]): Promise<{ code: number | null; doc: Document }> {
  const { code, stdout } = await asPerson(argv)
  return { code, doc: JSON.parse(stdout) as Document }
}

/** With the person's key in an agent, and nowhere else without its passphrase. */
const withAgent = (argv: readonly string[]): string[] => [
  ...['env', 'SSH_ASKPASS=/home/dev/passphrase', 'SSH_ASKPASS_REQUIRE=force', 'ssh-agent'],
  ...['sh', '-c', 'ssh-add -q </dev/null && exec "$@"', 'sh', ...argv],
]

describe('libvirt of another computer, through a real ssh', () => {
  it('says that ssh does not know the other computer yet', async () => {
    const { code, doc } = await outcome(machines())
    expect([code, doc.failure]).toMatchObject([
      5,
      { code: 'not-permitted', message: `ssh does not know ${address} yet.` },
    ])
    expect(english(doc.failure?.hint ?? '')).toContain(`ssh dev@${address}`)
  })

  it('has ssh ask on the terminal about the key and for the password', async () => {
    const answers = ['continue connecting', 'yes', 'password:', 'dev']
    const { code, stdout } = await asPerson([
      ...['python3', TERMINAL, ...answers, '--'],
      ...[...PATCHBAY, 'machines', '--connect', uri],
    ])
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^far +off/m)])
    expect(await sh('cat /home/dev/.ssh/known_hosts')).not.toBe('')
  })

  it('says who is not let in without a key, and asks nobody for a password where nobody could answer', async () => {
    const { code, doc } = await outcome(machines())
    expect([code, doc.failure]).toMatchObject([
      5,
      { code: 'not-permitted', message: `${address} does not let you in.` },
    ])
  })

  it('is let in by a key from the agent, and works as it does over there', async () => {
    await sh(`runuser -u dev -- ssh-keygen -q -t ed25519 -N '${PASSPHRASE}' -f /home/dev/.ssh/id_ed25519
      runuser -u dev -- cp /home/dev/.ssh/id_ed25519.pub /home/dev/.ssh/authorized_keys
      printf '#!/bin/sh\\necho ${PASSPHRASE}\\n' >/home/dev/passphrase; chmod 755 /home/dev/passphrase`)
    const { doc } = await outcome(withAgent(machines()))
    expect(doc.machines).toEqual((await document(lab, 'machines')).doc.machines)
    expect(doc.machines?.map(({ name }) => name)).toEqual(['far'])

    const create = ['network', 'create', 'afar', '--kind', 'isolated', '--connect', uri]
    expect((await asPerson(withAgent([...PATCHBAY, ...create]))).code).toBe(0)
    expect(await sh('virsh -q net-list --name')).toContain('afar')
    expect(
      (await asPerson(withAgent([...PATCHBAY, 'network', 'delete', 'afar', '--connect', uri]))).code,
    ).toBe(0)
    expect(await sh('virsh -q net-list --all --name')).not.toContain('afar')
  })

  it('says that libvirt over there is stopped, or not for this user', async () => {
    await sh(`useradd --create-home stranger; install -d -o stranger /home/stranger/.ssh
      install -o stranger /home/dev/.ssh/authorized_keys /home/stranger/.ssh/`)
    const stranger = await outcome(withAgent(machines(uri.replace('dev@', 'stranger@'))))
    expect([stranger.code, stranger.doc.failure]).toMatchObject([
      5,
      { code: 'not-permitted', message: `You may not use libvirt on ${address} yet.` },
    ])

    await sh('systemctl stop libvirtd.socket libvirtd-ro.socket libvirtd-admin.socket libvirtd')
    const { code, doc } = await outcome(withAgent(machines()))
    await sh('systemctl start libvirtd.socket libvirtd')
    expect([code, doc.failure]).toMatchObject([
      1,
      { code: 'libvirt-unreachable', message: `No libvirt daemon answers on ${address}.` },
    ])
  })

  it('does not trust a computer that shows another key', async () => {
    await sh(`runuser -u dev -- ssh-keygen -q -t ed25519 -N '' -f /home/dev/other
      echo "${address} $(cut -d' ' -f1,2 /home/dev/other.pub)" >/home/dev/.ssh/known_hosts`)
    const { code, doc } = await outcome(withAgent(machines()))
    expect([code, doc.failure]).toMatchObject([
      5,
      { code: 'not-permitted', message: `${address} shows another key than the one that ssh knows of it.` },
    ])
  })

  it('says that nobody answers there', async () => {
    await sh('systemctl stop ssh')
    const { code, doc } = await outcome(machines())
    expect([code, doc.failure]).toMatchObject([
      1,
      { code: 'libvirt-unreachable', message: `ssh has no connection to ${address}.` },
    ])
  })
})
