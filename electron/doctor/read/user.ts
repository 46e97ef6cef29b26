import { userInfo } from 'node:os'
import { runCommand } from '../../system/command'
import type { UserFacts } from '../facts'

const GROUP = 'libvirt'

/** Who runs this, and whether libvirt's socket is open to them by their group. */
export async function readUser(): Promise<UserFacts> {
  const { username, uid, gid } = userInfo()
  const entry = await runCommand('getent', ['group', GROUP]).catch(() => '')
  const now = [gid, ...(process.getgroups?.() ?? [])]
  return { name: username, isRoot: uid === 0, libvirtGroup: membershipOf(entry, username, now) }
}

/**
 * What an entry of group(5), `libvirt:x:118:ann,bob`, says of a user; empty when there is no such group. Pure.
 * @param now the groups that the session has
 */
export function membershipOf(entry: string, user: string, now: readonly number[]): UserFacts['libvirtGroup'] {
  const [, , id, members] = (entry.split('\n')[0] ?? '').split(':')
  if (id === undefined || members === undefined) return 'no-group'
  if (now.includes(Number(id))) return 'member'
  return members.split(',').includes(user) ? 'not-yet' : 'not-member'
}
