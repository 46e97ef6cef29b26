import { runCommand } from '../../system/command'
import { TRANSACTIONS_DIR } from '../../../shared/helper/protocol'
import { replaceFile } from '../root-files/files'
import { copyOfThisHelper } from './own-copy'
import { hasSystemd } from './timer'

/**
 * After a rollback without the router's word a link lives on what is left of its lease, while its manager goes on asking. Once
 * it is answered, what the rollback has put in the lease's place must go; by then no helper lives any more. So a transient
 * unit of systemd has the helper started again, which waits for nothing itself.
 */

const unitOf = (transaction: string): string => `patchbay-lease-${transaction}`

/**
 * Has the helper look, by `Backend.leaseCame`, whenever `file`, in which the manager writes the link's lease down, has changed;
 * and calls `leaseCame` itself once, should it have come meanwhile. What can't be watched stays as it is until the link is
 * activated anew, which is no reason to fail.
 */
export async function watchLease(
  transaction: string,
  file: string,
  leaseCame: () => Promise<boolean>,
): Promise<void> {
  if (await hasSystemd()) await watch(transaction, file).catch(() => undefined)
  if (await leaseCame()) await endLeaseWatches()
}

async function watch(transaction: string, file: string): Promise<void> {
  await endLeaseWatches()
  const { argv, env } = await copyOfThisHelper()
  const request = `${TRANSACTIONS_DIR}/${transaction}/snapshot/lease.json`
  const text = `${JSON.stringify({ version: 1, transaction, leased: true })}\n`
  await replaceFile(request, `${request}.new`, text, 0o600)
  const service = [
    'Type=oneshot',
    `StandardInput=file:${request}`,
    ...Object.entries(env).map(([name, value]) => `Environment=${name}=${value}`),
  ]
  await runCommand('systemd-run', [
    ...['--quiet', '--collect', `--unit=${unitOf(transaction)}`],
    '--description=Hand a network link back to its DHCP client once the router answers',
    // dhclient keeps its file open. One file only: beside another that is not there, systemd 252 misses its change.
    `--path-property=PathModified=${file}`,
    ...service.map((property) => `--property=${property}`),
    ...[...argv, 'rollback'],
  ])
}

/** Ends all of them: whatever begins now begins with its link anew. None is no error. */
export async function endLeaseWatches(): Promise<void> {
  if (!(await hasSystemd())) return
  await runCommand('systemctl', ['stop', `${unitOf('*')}.path`]).catch(() => undefined)
}
