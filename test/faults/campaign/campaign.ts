import type { SetupName } from '../../lab/setups'
import { type Fault, idOf } from './fault'
import { Stand, type Verdict } from './stand'

export interface Campaign {
  verdicts: Verdict[]
  /** Setups that the product refuses to change, and why. */
  unsupported: Map<SetupName, string>
}

/** Has every fault strike, in as many labs at once as `parallel` says. `tell` hears each verdict as it comes. */
export async function runCampaign(
  faults: readonly Fault[],
  parallel: number,
  tell: (verdict: Verdict) => void,
): Promise<Campaign> {
  const queue = [...faults]
  const campaign: Campaign = { verdicts: [], unsupported: new Map() }
  const workers = new Map<number, SetupName>()
  const record = (verdict: Verdict): void => {
    campaign.verdicts.push(verdict)
    tell(verdict)
  }
  const work = async (worker: number): Promise<void> => {
    for (let setup = nextSetup(queue, workers); setup !== null; setup = nextSetup(queue, workers)) {
      workers.set(worker, setup)
      const why = await workOn(setup, queue, record)
      workers.delete(worker)
      if (why === null) continue
      campaign.unsupported.set(setup, why)
      remove(queue, setup)
    }
  }
  await Promise.all(Array.from({ length: parallel }, (_, worker) => work(worker)))
  return campaign
}

/** One lab, until there is nothing more for it or it is spoiled. Returns why the setup is not supported, else null. */
async function workOn(
  setup: SetupName,
  queue: Fault[],
  record: (verdict: Verdict) => void,
): Promise<string | null> {
  let stand: Stand
  try {
    const opened = await Stand.open(setup)
    if (opened.kind === 'unsupported') return opened.why
    stand = opened.stand
  } catch (error) {
    const fault = take(queue, setup)
    const problems = [`no lab: ${String(error)}`]
    if (fault) record({ fault, side: null, problems, seconds: 0, atWork: false, last: '' })
    return null
  }
  try {
    while (stand.good) {
      const fault = take(queue, setup)
      if (fault === undefined) break
      record(await stand.suffer(fault))
    }
  } finally {
    await stand.close()
  }
  return null
}

/** The setup with the most faults left for each lab that works on it already. */
function nextSetup(queue: readonly Fault[], workers: ReadonlyMap<number, SetupName>): SetupName | null {
  const left = new Map<SetupName, number>()
  for (const { setup } of queue) left.set(setup, (left.get(setup) ?? 0) + 1)
  const share = (setup: SetupName): number => {
    const busy = [...workers.values()].filter((one) => one === setup).length
    return (left.get(setup) ?? 0) / (busy + 1)
  }
  return [...left.keys()].sort((a, b) => share(b) - share(a))[0] ?? null
}

function take(queue: Fault[], setup: SetupName): Fault | undefined {
  const index = queue.findIndex((fault) => fault.setup === setup)
  return index === -1 ? undefined : queue.splice(index, 1)[0]
}

function remove(queue: Fault[], setup: SetupName): void {
  while (take(queue, setup) !== undefined);
}

/** One line of a verdict, and below a lost one all that is needed to find out why. */
export function tellVerdict({ fault, side, problems, seconds, atWork, last }: Verdict): string {
  const late = atWork ? '' : ', after the end'
  const line = `${side === null ? '✗' : '✓'} ${idOf(fault)}  ${side ?? 'lost'}${late}, ${seconds.toFixed(1)} s`
  if (side !== null) return line
  return [line, ...problems.map((problem) => `    ${problem}`), `    helper: ${last}`].join('\n')
}
