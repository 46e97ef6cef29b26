import { readdirSync } from 'node:fs'
import type { FullLab } from '../../lab'
import { type SetupName, setupOf } from '../../lab/setups'
import { managers } from '../../lab/setups/setup'
import type { Fault, Kind } from './fault'
import type { Running } from './operation'
import type { Measure } from './states'

/** Where a fault strikes. */
export interface Site {
  lab: FullLab
  setup: SetupName
  running: Running
}

/** One kind of fault. */
export interface Blow {
  /** Before the operation begins. */
  prepare?(lab: FullLab): Promise<void>
  strike(site: Site): Promise<void> | void
  /** The world outside recovers by itself, so many milliseconds later. */
  heal?: { afterMs: number; how(lab: FullLab): Promise<void> }
  /** How much longer than usual the host may take to be well again. Milliseconds. */
  patienceMs?: number
  /** After the verdict. */
  tidy?(lab: FullLab): Promise<void>
  /** How the states are compared, where not exactly. */
  measure?: Partial<Measure>
  /** The lab is not as it was afterwards, whatever the verdict. */
  spoils?: true
}

/** Clients that have no lease ask ever more seldom, once in a minute in the end (RFC 2131, 4.1). Milliseconds. */
const ASKS_WITHIN = 70_000

const STORE = '/var/lib/patchbay'
const FOREIGN = '10.77.0.222'
/** A profile of netplan's, wherever NetworkManager writes it once it is modified. */
const NETPLANS_PROFILE = '/NetworkManager/system-connections/netplan-'

/** The store on a disk of its own, big enough until it is filled, and back from there. */
const ownDisk = `mkdir -p ${STORE} /run/patchbay-disk
mount -t tmpfs -o size=24m,mode=755 tmpfs /run/patchbay-disk
cp -a ${STORE}/. /run/patchbay-disk/
mount --move /run/patchbay-disk ${STORE} || { mount --bind /run/patchbay-disk ${STORE}; umount -l /run/patchbay-disk; }`

const backFromDisk = `rm -f ${STORE}/filler
mkdir -p /run/patchbay-kept
cp -a ${STORE}/. /run/patchbay-kept/
umount -l ${STORE}
rm -rf ${STORE}
cp -a /run/patchbay-kept ${STORE}
rm -rf /run/patchbay-kept`

const shell = async (lab: FullLab, script: string): Promise<void> => {
  await lab.exec(['sh', '-ec', script])
}

/** What is ended that often in a short time systemd would not start again. */
async function forgetStarts({ lab, setup }: Pick<Site, 'lab' | 'setup'>): Promise<void> {
  await lab.exec(['systemctl', 'reset-failed', managers[setupOf(setup).manager]], { check: false })
}

/** Killed by the kernel's own means, so that it cannot say farewell. */
async function killManager({ lab, setup }: Site): Promise<void> {
  const { manager } = setupOf(setup)
  if (manager !== 'ifupdown') {
    await forgetStarts({ lab, setup })
    await lab.exec(['systemctl', 'kill', '--kill-who=main', '--signal=KILL', managers[manager]], {
      check: false,
    })
    return
  }
  const pidFiles = readdirSync(lab.path('/run')).filter((name) => /^dhclient.*\.pid$/.test(name))
  await shell(lab, pidFiles.map((name) => `kill -KILL $(cat /run/${name}) || true\n`).join(''))
}

async function changeForeignThings({ lab, setup }: Site): Promise<void> {
  const address = ['ip', 'address', 'add', `${FOREIGN}/32`, 'dev', lab.nic]
  await lab.exec(address, { check: false })
  if (setupOf(setup).manager !== 'networkManager') return
  const { stdout } = await lab.exec(
    ['nmcli', '--get-values', 'NAME,DEVICE', 'connection', 'show', '--active'],
    {
      check: false,
    },
  )
  const profile = stdout
    .split('\n')
    .find((line) => line.endsWith(`:${lab.nic}`))
    ?.replace(/:[^:]*$/, '')
  if (profile === undefined) return
  await lab.exec(['nmcli', 'connection', 'modify', profile, 'connection.metered', 'no'], { check: false })
}

const blows: Record<Kind, Blow> = {
  'kill-helper': {
    strike: ({ running }) => {
      running.kill()
    },
  },
  'kill-app-and-helper': {
    // The workstation's own process numbers; all in one go, so that neither sees the other die.
    strike: ({ lab }) =>
      shell(lab, `pids=$(pgrep -f '(patchbay|helper)[.]cjs') || exit 0\nkill -KILL $pids || true`),
  },
  'power-loss': {
    async strike({ lab }) {
      await lab.powerLoss()
      await lab.boot()
    },
  },
  'cable-pulled': {
    strike: ({ lab }) => lab.cutCable(),
    heal: { afterMs: 6_000, how: (lab) => lab.plugCable() },
  },
  'router-silent': {
    strike: ({ lab }) => lab.routerSilent(),
    heal: { afterMs: 12_000, how: (lab) => lab.routerAnswers() },
  },
  'dhcp-gone': {
    strike: ({ lab }) => lab.dhcpOff(),
    heal: { afterMs: 12_000, how: (lab) => lab.dhcpOn() },
    patienceMs: ASKS_WITHIN,
  },
  'port-dead': {
    strike: ({ lab }) => lab.portDead(),
    heal: { afterMs: 12_000, how: (lab) => lab.portAlive() },
    patienceMs: ASKS_WITHIN,
  },
  'manager-killed': { strike: killManager },
  'manager-restarted': {
    async strike(site) {
      const { lab, setup } = site
      await forgetStarts(site)
      await lab.exec(['systemctl', 'restart', managers[setupOf(setup).manager]], { check: false })
    },
  },
  'disk-full': {
    prepare: (lab) => shell(lab, ownDisk),
    async strike({ lab }) {
      await lab.exec(['dd', 'if=/dev/zero', `of=${STORE}/filler`, 'bs=64k'], { check: false })
    },
    tidy: (lab) => shell(lab, backFromDisk),
  },
  'stdin-closed': {
    strike: ({ running }) => {
      running.closeInput()
    },
  },
  'foreign-change': {
    strike: changeForeignThings,
    async tidy(lab) {
      for (const link of [lab.nic, 'br0']) {
        await lab.exec(['ip', 'address', 'del', `${FOREIGN}/32`, 'dev', link], { check: false })
      }
    },
    measure: { ignore: [FOREIGN, NETPLANS_PROFILE], looseFiles: 'all', loosely: 'owner' },
    spoils: true,
  },
  'clock-back': {
    strike: ({ lab }) => shell(lab, 'touch /run/clock-back'),
    tidy: (lab) => shell(lab, 'rm -f /run/clock-back'),
  },
}

/** What a fault does. */
export function blowOf({ kind, setup }: Fault): Blow {
  const blow = blows[kind]
  const { manager } = setupOf(setup)
  // Its restart may find addresses that are back already, and then takes the NIC for one that it could not bring up: the next
  // bridge would be one that nobody manages.
  if (kind === 'manager-restarted' && manager === 'ifupdown') return { ...blow, spoils: true }
  const restarts = kind === 'manager-killed' || kind === 'manager-restarted'
  if (!restarts || manager !== 'networkd') return blow
  // Started anew, networkd forgets the metric of an address that it finds, sooner or later (systemd 252; without Patchbay, too).
  return { ...blow, measure: { ...blow.measure, networkMetrics: 'any' }, spoils: true }
}
