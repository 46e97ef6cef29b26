import { removeFiles, replaceLinkedFile, systemFolder } from '../root-files/files'
import type { HelperFile } from './own-copy'
import { readUnit, requiredMounts, startLines } from './unit-command'

/**
 * The safety net for a power loss: a unit that, before any network manager starts, puts the configuration files of a
 * change that was not finished back as they were. It exists only while a change is armed.
 */
const UNITS = '/etc/systemd/system'

const placesIn = (units: string): { unit: string; wants: string; link: string } => {
  const wants = `${units}/sysinit.target.wants`
  return { unit: `${units}/patchbay-recover.service`, wants, link: `${wants}/patchbay-recover.service` }
}

/** The text of the unit that is there, or null. */
export const bootUnit = (units: string = UNITS): Promise<string | null> => readUnit(placesIn(units).unit)

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

function unitText(helper: HelperFile): string {
  return `# Made by Patchbay for the time of one change of the host's network; removed with its end.
[Unit]
Description=Bring back the network configuration that an interrupted change by Patchbay has left
DefaultDependencies=no
After=local-fs.target systemd-remount-fs.service
RequiresMountsFor=${requiredMounts(helper)}
Wants=network-pre.target
Before=network-pre.target systemd-networkd.service NetworkManager.service networking.service
ConditionDirectoryNotEmpty=/var/lib/patchbay/transactions

[Service]
Type=oneshot
StandardInput=data
StandardInputText={"version":1,"boot":true}
${startLines(helper, 'rollback')}
TimeoutStartSec=60

[Install]
WantedBy=sysinit.target
`
}
