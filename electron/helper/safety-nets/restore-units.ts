import { ADDITIONS_DIR } from '../../../shared/helper/protocol'
import { runCommand } from '../../system/command'
import { asideOf, exists, removeFiles, replaceLinkedFile, systemFolder } from '../root-files/files'
import { copyOfThisHelper, type HelperFile } from './own-copy'
import { hasSystemd } from './timer'
import { readUnit, requiredMounts, startLines } from './unit-command'

/**
 * Two units that exist while there is any addition: a service makes them again once the network is up, and a path unit has it
 * do so when libvirt starts a network, because libvirt may then put its firewall rules before ours.
 */
const UNITS = '/etc/systemd/system'
const WANTS = `${UNITS}/multi-user.target.wants`
const NAMES = ['patchbay-additions.service', 'patchbay-additions.path'] as const
const [SERVICE, PATH] = NAMES

const linkOf = (name: string): string => `${WANTS}/${name}`
const unitOf = (name: string): string => `${UNITS}/${name}`

/** The text of the service that is there, or null. */
export const restoreUnit = (): Promise<string | null> => readUnit(unitOf(SERVICE))

/** Without systemd they last until the next start of the computer. */
export async function armRestore(): Promise<void> {
  if (!(await hasSystemd())) return
  const texts = { [SERVICE]: serviceText(await copyOfThisHelper()), [PATH]: pathText }
  const isNew = !(await exists(linkOf(PATH)))
  const isOther = (await restoreUnit()) !== texts[SERVICE]
  await systemFolder(WANTS)
  for (const [name, text] of Object.entries(texts)) {
    await replaceLinkedFile(unitOf(name), linkOf(name), text, 0o644)
  }
  // Until it is told, systemd goes on starting what it has read before.
  if (isNew || isOther) await runCommand('systemctl', ['daemon-reload'], { timeoutMs: 30_000 })
  if (isNew) await runCommand('systemctl', ['start', PATH])
}

export async function disarmRestore(): Promise<void> {
  if (!(await hasSystemd())) return
  const places = NAMES.flatMap((name) => [linkOf(name), unitOf(name)]).flatMap((path) => [
    path,
    asideOf(path),
  ])
  if (!(await Promise.all(places.map(exists))).includes(true)) return
  await runCommand('systemctl', ['stop', PATH]).catch(() => undefined)
  await removeFiles(NAMES.flatMap((name) => [linkOf(name), unitOf(name)]))
  await runCommand('systemctl', ['daemon-reload'], { timeoutMs: 30_000 })
}

/** `ip_forward` and the firewall of Docker, firewalld and nftables come first, so that ours is what counts. */
function serviceText(helper: HelperFile): string {
  return `# Made by Patchbay; removed with the last thing that it has added to this computer.
[Unit]
Description=Put back what Patchbay has added to this computer
Wants=network-online.target
After=network-online.target libvirtd.service virtnetworkd.service docker.service firewalld.service nftables.service
RequiresMountsFor=${requiredMounts(helper)}
ConditionDirectoryNotEmpty=${ADDITIONS_DIR}
StartLimitIntervalSec=300
StartLimitBurst=20

[Service]
Type=oneshot
StandardInput=data
StandardInputText={"version":1}
${startLines(helper, 'restore')}
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
`
}

/** libvirt writes there whenever one of its networks has been started. */
const pathText = `# Made by Patchbay; removed with the last thing that it has added to this computer.
[Unit]
Description=Notice libvirt’s networks for what Patchbay has added to this computer

[Path]
PathChanged=/run/libvirt/network
Unit=${SERVICE}

[Install]
WantedBy=multi-user.target
`
