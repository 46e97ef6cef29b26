import { removeFiles, replaceLinkedFile, systemFolder } from '../files'
import type { HelperFile } from './own-copy'

/**
 * The safety net for a power loss: a unit that, before any network manager starts, puts the configuration files of a
 * change that was not finished back as they were. It exists only while a change is armed.
 */
const UNITS = '/etc/systemd/system'

const placesIn = (units: string): { unit: string; wants: string; link: string } => {
  const wants = `${units}/sysinit.target.wants`
  return { unit: `${units}/patchbay-recover.service`, wants, link: `${wants}/patchbay-recover.service` }
}

/**
 * Installs the unit, on disk when this returns; whatever lies in its place or in that of its link is replaced. systemd reads
 * it at the next boot; nothing is reloaded now.
 */
export async function armBoot(helper: HelperFile, units: string = UNITS): Promise<void> {
  const { unit, wants, link } = placesIn(units)
  await systemFolder(wants)
  await replaceLinkedFile(unit, link, unitText(helper), 0o644)
}

export async function disarmBoot(units: string = UNITS): Promise<void> {
  const { unit, link } = placesIn(units)
  await removeFiles([link, unit])
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
export const quoted = (text: string): string =>
  `"${text
    .replace(/[\\"]/g, (character) => `\\${character}`)
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$')}"`
