import { PatchbayError } from '../../../shared/failure'
import type { AdditionOf } from '../../../shared/helper/host-addition'
import { runCommand } from '../../system/command'
import { askerUid } from '../protocol/asker'
import type { AdditionKind } from './kind'
import { type Text, say } from '../../../shared/phrases/phrase'

const GROUP = 'libvirt'

/** The fields of one entry of a database of nsswitch.conf(5); null when there is none. */
async function entryOf(database: 'passwd' | 'group', key: string): Promise<string[] | null> {
  const output = await runCommand('getent', [database, key]).catch(() => '')
  const line = output.split('\n')[0] ?? ''
  return line === '' ? null : line.split(':')
}

async function members(): Promise<string[] | null> {
  const entry = await entryOf('group', GROUP)
  return entry === null ? null : (entry[3] ?? '').split(',').filter((name) => name !== '')
}

const refused = (message: Text, hint: Text): PatchbayError =>
  new PatchbayError({ code: 'refused', message, hint })

/** Once: it stays over restarts by itself, and whoever takes the user out later means it. */
export const libvirtGroup: AdditionKind<AdditionOf<'libvirt-group'>> = {
  lasting: true,
  async check() {
    if (askerUid === null || askerUid === 0) {
      throw refused(say('not-known-user-to-join'), say('start-patchbay-user-asks'))
    }
    const user = (await entryOf('passwd', String(askerUid)))?.[0]
    if (user === undefined || !/^[A-Za-z_][A-Za-z0-9._-]{0,31}\$?$/.test(user)) {
      throw refused(say('user-with-number-no-name', { askerUid }), say('add-user-hand'))
    }
    const now = await members()
    if (now === null) throw refused(say('no-group-libvirt-on-computer'), say('install-libvirt-daemon'))
    if (now.includes(user)) throw refused(say('in-group-libvirt-already', { user }), say('sign-out-in-again'))
    return { user }
  },
  async apply({ before: { user = '' } }) {
    if ((await members())?.includes(user) === false) await runCommand('gpasswd', ['--add', user, GROUP])
  },
  async revert({ before: { user = '' } }) {
    if ((await members())?.includes(user) === true) await runCommand('gpasswd', ['--delete', user, GROUP])
  },
  inForce: async ({ before: { user = '' } }) => (await members())?.includes(user) === true,
}
