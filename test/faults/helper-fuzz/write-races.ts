import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startFastLab } from '../../lab'
import { projectFolder } from '../../lab/workstation'
import { VICTIM } from './fuzz-lab'
import { CONFIGURATION } from './write-targets'

export interface WriteOrder {
  seed: number
  /** How long each place is fought for. */
  milliseconds: number
  /** The only place to be fought for; null for all. */
  only: string | null
  victim: string
}

export interface WriteReport {
  targets: number
  writes: number
  /** Writes that were refused or failed. */
  failed: number
  /** How often a link was put into a place. */
  swaps: number
  complaints: string[]
}

/** Folders of this machine can't be moved in the lab's root, which lies over it; copies of them can. */
const SETUP = `
umount /etc/NetworkManager
mkdir -p ${VICTIM}/folder /run/fuzz
for folder in /etc/systemd /etc/network /etc/NetworkManager /var/lib/dhcp; do
  mkdir -p $folder
  cp -a $folder $folder.copy
  rm -r $folder
  mv $folder.copy $folder
done
mkdir -p /etc/systemd/system/sysinit.target.wants ${[...new Set(CONFIGURATION.map((path) => dirname(path)))].join(' ')}
echo mine | tee ${VICTIM}/file > ${VICTIM}/folder/file
echo 'lease { interface "enp3s0"; }' > /var/lib/dhcp/dhclient.enp3s0.leases
`

/** Fights for every place that the helper writes to, in a lab of its own. */
export async function runWriteRaces(order: Omit<WriteOrder, 'victim'>): Promise<WriteReport> {
  const lab = await startFastLab({ libvirt: false, networkManager: false })
  try {
    await lab.exec(['bash', '-e', '-c', SETUP])
    const { stdout } = await lab.exec(
      [
        process.execPath,
        '--import',
        pathToFileURL(`${projectFolder}/node_modules/tsx/dist/loader.mjs`).href,
        `${projectFolder}/test/faults/helper-fuzz/write-worker.ts`,
        JSON.stringify({ ...order, victim: VICTIM } satisfies WriteOrder),
      ],
      { env: { TSX_DISABLE_CACHE: '1' }, timeoutMs: 30 * 60_000 },
    )
    return JSON.parse(stdout) as WriteReport
  } finally {
    await lab.close()
  }
}
