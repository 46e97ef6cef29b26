import { PatchbayError } from '../../../shared/failure'
import type { AdditionOf } from '../../../shared/helper/host-addition'
import { runCommand } from '../../system/command'
import { askerUid } from '../protocol/asker'
import type { AdditionKind } from './kind'

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

const refused = (message: string, hint: string): PatchbayError =>
  new PatchbayError({ code: 'refused', message, hint })

/** Once: it stays over restarts by itself, and whoever takes the user out later means it. */
export const libvirtGroup: AdditionKind<AdditionOf<'libvirt-group'>> = {
  lasting: true,
  async check() {
    if (askerUid === null || askerUid === 0) {
      throw refused(
        'It is not known which user is to join the group “libvirt”.',
        'Start Patchbay as that user: it asks for the password by itself.',
      )
    }
    const user = (await entryOf('passwd', String(askerUid)))?.[0]
    if (user === undefined || !/^[A-Za-z_][A-Za-z0-9._-]{0,31}\$?$/.test(user)) {
      throw refused(
        `The user with the number ${askerUid} has no name that can be used here.`,
        'Add the user by hand.',
      )
    }
    const now = await members()
    if (now === null)
      throw refused('There is no group “libvirt” on this computer.', 'Install libvirt’s daemon.')
    if (now.includes(user))
      throw refused(`${user} is in the group “libvirt” already.`, 'Sign out and in again.')
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
