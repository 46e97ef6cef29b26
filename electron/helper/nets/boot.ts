import { mkdir, symlink } from 'node:fs/promises'
import { isCode, removeFile, replaceFile, syncFolder } from '../files'
import type { HelperFile } from './own-copy'

/**
 * The safety net for a power loss: a unit that, before any network manager starts, puts the configuration files of a
 * change that was not finished back as they were. It exists only while a change is armed.
 */
const UNIT = '/etc/systemd/system/patchbay-recover.service'
const WANTS = '/etc/systemd/system/sysinit.target.wants'
const LINK = `${WANTS}/patchbay-recover.service`

/** Installs the unit, on disk when this returns. systemd reads it at the next boot; nothing is reloaded now. */
export async function armBoot(helper: HelperFile): Promise<void> {
  await replaceFile(UNIT, `${UNIT}.patchbay`, unitText(helper), 0o644)
  await mkdir(WANTS, { recursive: true, mode: 0o755 })
  try {
    await symlink(UNIT, LINK)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  await syncFolder(WANTS)
}

export async function disarmBoot(): Promise<void> {
  await removeFile(LINK)
  await removeFile(UNIT)
}

function unitText({ argv, env }: HelperFile): string {
  const command = [...argv, 'rollback'].map(quoted).join(' ')
  return `# Made by Patchbay for the time of one change of the host's network; removed with its end.
[Unit]
Description=Bring back the network configuration that an interrupted change by Patchbay has left
DefaultDependencies=no
After=local-fs.target systemd-remount-fs.service
RequiresMountsFor=${argv.map(quoted).join(' ')}
Wants=network-pre.target
Before=network-pre.target systemd-networkd.service NetworkManager.service networking.service
ConditionDirectoryNotEmpty=/var/lib/patchbay/transactions

[Service]
Type=oneshot
StandardInput=data
StandardInputText={"version":1,"boot":true}
${Object.entries(env)
  .map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`)
  .join('')}ExecStart=${command}
TimeoutStartSec=60

[Install]
WantedBy=sysinit.target
`
}

/** systemd.syntax(7), "Quoting"; `%` and `$` are doubled, since specifiers and variables are replaced in quotes too. */
const quoted = (text: string): string =>
  `"${text
    .replace(/[\\"]/g, (character) => `\\${character}`)
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$')}"`
