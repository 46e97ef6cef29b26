import { existsSync } from 'node:fs'
import type { TransactionState } from '../../../shared/helper/transaction'
import type { FullLab } from '../../lab'
import { transactionsIn } from '../../lab/bridge-driver'
import { clientTrouble } from '../../lab/dhcp-client'
import { hostState } from '../../lab/host-state'
import { type SetupName, setupOf } from '../../lab/setups'
import type { Operation } from './fault'
import type { Running } from './operation'
import { differences, linesOf, type Measure } from './states'
import { english } from '../../../shared/phrases/english'

export type Side = 'nic' | 'bridge'

/** What a fault may leave behind: wholly the one or wholly the other. */
export interface Outcomes {
  operation: Operation
  /** The transactions there were before. */
  known: ReadonlySet<string>
  /** Each side's lines, and how the host is measured against them. */
  sides: Record<Side, { lines: readonly string[]; measure: Measure }>
}

export interface Findings {
  /** Nothing is under way or armed any more, and all is as it must be on this side; null when there is a problem. */
  side: Side | null
  problems: string[]
}

const SETTLED: Partial<Record<TransactionState, Side>> = {
  'rolled-back': 'nic',
  undone: 'nic',
  committed: 'bridge',
}

/**
 * Looks at a host once: the journal, the state that it claims, the gateway, the DHCP client that is to keep the addresses, and
 * what must not be left.
 */
export async function lookOnce(
  lab: FullLab,
  setup: SetupName,
  running: Running,
  outcomes: Outcomes,
): Promise<Findings> {
  const claimed = await claimedSide(lab, outcomes)
  if (typeof claimed === 'object') return { side: null, problems: [claimed.problem] }
  const { lines, measure } = outcomes.sides[claimed]
  const state = linesOf(await hostState(lab), measure)
  const problems = differences(lines, state).map((line) => `${claimed}: ${line}`)
  if (!running.isOver()) problems.push(`the operation has not ended: ${running.last()}`)
  problems.push(...(await leftovers(lab, setup)))
  const trouble = await clientTrouble(lab, setup, claimed === 'nic' ? lab.nic : 'br0')
  if (trouble !== null) problems.push(trouble)
  if (problems.length === 0) {
    const ping = ['ping', '-n', '-c', '1', '-W', '1', lab.router.address]
    if ((await lab.exec(ping, { check: false })).code !== 0) problems.push('the gateway does not answer')
  }
  return { side: problems.length === 0 ? claimed : null, problems }
}

/** Which side the journal says the host is on. */
async function claimedSide(
  lab: FullLab,
  { operation, known }: Outcomes,
): Promise<Side | { problem: string }> {
  const [newest] = (await transactionsIn(lab)).filter(({ id }) => operation === 'undo' || !known.has(id))
  if (newest === undefined) return operation === 'create' ? 'nic' : { problem: 'the journal is empty' }
  const side = SETTLED[newest.state]
  return side ?? { problem: `the journal says ${newest.state}: ${english(newest.failure?.message ?? '')}` }
}

/** Safety nets that are still there, and what waits for a lease that has not come. */
async function leftovers(lab: FullLab, setup: SetupName): Promise<string[]> {
  const left: string[] = []
  const patterns = ['patchbay-rollback-*', 'patchbay-lease-*']
  const units = ['systemctl', 'list-units', '--no-legend', '--plain', ...patterns]
  const { stdout } = await lab.exec(units, { check: false })
  if (stdout.trim() !== '') left.push(`still there: ${stdout.trim()}`)
  const folder = '/etc/systemd/system'
  const unit = 'patchbay-recover.service'
  for (const path of [`${folder}/${unit}`, `${folder}/sysinit.target.wants/${unit}`]) {
    if (existsSync(lab.path(path))) left.push(`still there: ${path}`)
  }
  if (setupOf(setup).manager === 'networkManager') {
    const { stdout: answer, stderr } = await lab.exec(checkpoints, { check: false })
    if (!answer.includes('"data":[]')) left.push(`NetworkManager’s checkpoints: ${answer}${stderr}`)
  }
  return left
}

const checkpoints = [
  ...['busctl', '--json=short', 'get-property', 'org.freedesktop.NetworkManager'],
  ...['/org/freedesktop/NetworkManager', 'org.freedesktop.NetworkManager', 'Checkpoints'],
]
