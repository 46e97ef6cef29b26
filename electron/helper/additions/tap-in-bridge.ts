import { PatchbayError } from '../../../shared/failure'
import type { AdditionOf } from '../../../shared/helper/host-addition'
import { findBinary, runCommand } from '../../system/command'
import type { AdditionKind, Before } from './kind'
import { bridgeNamed, findLink, linkNamed } from './links'
import { isOwnFileThere, type OwnFile, putOwnFile, removeOwnFile } from './own-file'
import { say } from '../../../shared/phrases/phrase'

type Tap = AdditionOf<'tap-in-bridge'>

const fileOf = (id: string): OwnFile => ({
  path: `/etc/NetworkManager/conf.d/90-patchbay-${id}.conf`,
  content: `# Made by Patchbay: machines’ taps belong to libvirt.
[device-patchbay-${id}]
match-device=interface-name:vnet*
managed=0
`,
})

/** A NetworkManager that does not run reads it when it starts; without a system bus nmcli can't even tell. */
async function reload(): Promise<void> {
  if (findBinary('nmcli') === null) return
  const runs = await runCommand('nmcli', ['-t', '-f', 'RUNNING', 'general']).catch(() => '')
  if (runs.trim() === 'running') await runCommand('nmcli', ['general', 'reload', 'conf'])
}

/** The very tap that was meant: another machine's may have its name by now. */
const isSame = async (tap: string, { index }: Before): Promise<boolean> =>
  String((await findLink(tap))?.ifindex) === index

export const tapInBridge: AdditionKind<Tap> = {
  lasting: true,
  async check({ tap, bridge }) {
    await bridgeNamed(bridge)
    const { linkinfo, ifindex, master = '' } = await linkNamed(tap)
    if (linkinfo?.info_kind !== 'tun') {
      throw new PatchbayError({ code: 'refused', message: say('not-machine-tap', { tap }) })
    }
    if (master !== '' && master !== bridge) {
      throw new PatchbayError({ code: 'refused', message: say('is-a-port-of', { tap, master }) })
    }
    return { index: String(ifindex), master }
  },
  async apply({ id, addition: { tap, bridge }, before }) {
    await putOwnFile(fileOf(id))
    await reload()
    if (await isSame(tap, before)) await runCommand('ip', ['link', 'set', 'dev', tap, 'master', bridge])
  },
  async revert({ id, addition: { tap, bridge }, before }) {
    const isIn = (await isSame(tap, before)) && (await findLink(tap))?.master === bridge
    if (isIn && before.master === '') await runCommand('ip', ['link', 'set', 'dev', tap, 'nomaster'])
    await removeOwnFile(fileOf(id))
    await reload()
  },
  async inForce({ id, addition: { tap, bridge }, before }) {
    if (!(await isOwnFileThere(fileOf(id)))) return false
    return !(await isSame(tap, before)) || (await findLink(tap))?.master === bridge
  },
}
