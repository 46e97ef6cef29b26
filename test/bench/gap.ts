import { startFastLab, type Lab } from '../lab/index'
import { patchbay } from './patchbay'
import { median, ratioOf, spread, type Row } from './row'

const ROUNDS = 5
export const PROBE_EVERY_MS = 2
/** Long enough for the change and for what a manager does afterwards. */
const WATCH_S = 8

/** How long the LAN gets no answer from the workstation while its bridge is made: Patchbay against plain nmcli. */
export async function closestGap(): Promise<Row[]> {
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await gapDuring((lab) => patchbay(lab, ['bridge', 'create', '--json'])))
    theirs.push(await gapDuring(plainNmcli))
  }
  return [
    {
      what: `network gone while the bridge is made (${ROUNDS} rounds, probe every ${PROBE_EVERY_MS} ms; peer: nmcli)`,
      patchbay: spread(ours),
      peer: spread(theirs),
      ratio: `${ratioOf(median(ours), median(theirs))} (worst ${ratioOf(Math.max(...ours), Math.max(...theirs))})`,
      goal: 'below 0.5',
    },
  ]
}

/** What the manuals tell: a bridge with the NIC's MAC address and without spanning tree, then its port. */
export async function plainNmcli(lab: Lab): Promise<void> {
  const nmcli = (...argv: string[]): Promise<unknown> => lab.exec(['nmcli', ...argv])
  const bridge = ['ifname', 'br0', 'bridge.stp', 'no', 'bridge.mac-address', lab.nicMac]
  await nmcli('connection', 'add', 'type', 'bridge', 'con-name', 'br0', ...bridge)
  const port = ['ifname', lab.nic, 'master', 'br0']
  await nmcli('connection', 'add', 'type', 'bridge-slave', 'con-name', 'br0-port', ...port)
  await nmcli('connection', 'up', 'br0-port')
}

async function gapDuring(change: (lab: Lab) => Promise<unknown>): Promise<number> {
  const lab = await startFastLab({ libvirt: false })
  try {
    return await silenceDuring(lab, change)
  } finally {
    await lab.close()
  }
}

/** Milliseconds of the longest silence of the workstation, as another host of the LAN hears it, while `change` runs. */
export async function silenceDuring(lab: Lab, change: (lab: Lab) => Promise<unknown>): Promise<number> {
  const count = (WATCH_S * 1000) / PROBE_EVERY_MS
  const interval = ['-i', String(PROBE_EVERY_MS / 1000), '-c', String(count), '-W', '1']
  const ping = ['ping', '-n', '-D', ...interval, await addressOf(lab)]
  const probe = lab.lanHost.exec(ping, { check: false, timeoutMs: WATCH_S * 3000 })
  const [{ stdout }] = await Promise.all([probe, change(lab)])
  return longestSilence(stdout)
}

async function addressOf(lab: Lab): Promise<string> {
  const { stdout } = await lab.exec(['ip', '-4', '-o', 'address', 'show', 'to', '10.77.0.0/24'])
  const address = /inet ([\d.]+)/.exec(stdout)?.[1]
  if (address === undefined) throw new Error('the workstation has no address in the LAN')
  return address
}

/** Largest distance between two answers in the output of `ping -D`, in milliseconds. */
function longestSilence(output: string): number {
  const times = [...output.matchAll(/^\[(\d+\.\d+)\].* icmp_seq=/gm)]
    .filter(([line]) => line.includes('bytes from'))
    .map(([, seconds]) => Number(seconds) * 1000)
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time))
  if (gaps.length === 0) throw new Error('the workstation answered no ping at all')
  return Math.max(...gaps)
}
