import { startFastLab, type Guest, type Lab } from '../lab/index'
import { patchbay } from './patchbay'
import { median, ratioOf, spread, type Row } from './row'

const ROUNDS = 3
/** Milliseconds for a guest to boot under emulation, and to ask for an address. */
const PATIENCE = 60_000

/** From the command to the guest's new address: Patchbay against the same by hand with virsh. */
export async function timeToAddress(): Promise<Row[]> {
  const lab = await startFastLab()
  try {
    const guest = await lab.addGuest('web01')
    await guest.waitForAddress(isNat, PATIENCE)
    await patchbay(lab, ['bridge', 'create', '--json'])
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await timed(guest, isLan, () => patchbay(lab, ['connect', 'web01', 'lan', '--json'])))
      await settled(guest, isNat, patchbay(lab, ['connect', 'web01', 'nat', '--json']))
      theirs.push(await timed(guest, isLan, () => virshConnect(lab, guest, bridgeInterface(guest))))
      await settled(guest, isNat, patchbay(lab, ['connect', 'web01', 'nat', '--json']))
    }
    return [
      {
        what: `from the command to the guest’s new address, NAT to LAN (${ROUNDS} rounds; peer: virsh)`,
        patchbay: spread(ours),
        peer: spread(theirs),
        ratio: ratioOf(median(ours), median(theirs)),
      },
    ]
  } finally {
    await lab.close()
  }
}

const isLan = (address: string): boolean => address.startsWith('10.77.0.')
const isNat = (address: string): boolean => address.startsWith('192.168.122.')

/** Milliseconds until the guest itself says it has a fitting address; waits for the command's end as well. */
async function timed(
  guest: Guest,
  fits: (address: string) => boolean,
  command: () => Promise<unknown>,
): Promise<number> {
  const start = performance.now()
  const address = guest.waitForAddress(fits, PATIENCE).then(() => performance.now() - start)
  const [elapsed] = await Promise.all([address, command()])
  return elapsed
}

async function settled(
  guest: Guest,
  fits: (address: string) => boolean,
  command: Promise<unknown>,
): Promise<void> {
  await Promise.all([guest.waitForAddress(fits, PATIENCE), command])
}

const bridgeInterface = (guest: Guest): string =>
  `<interface type='bridge'><mac address='${guest.mac}'/><source bridge='br0'/><model type='virtio'/></interface>`

/** By hand: the new definition from a file, then the cable out and in so that the guest asks again. */
async function virshConnect(lab: Lab, guest: Guest, xml: string): Promise<void> {
  const virsh = (argv: readonly string[], input?: string): Promise<unknown> =>
    lab.exec(['virsh', '-q', ...argv], input === undefined ? {} : { input })
  await virsh(['update-device', guest.name, '/dev/stdin', '--live', '--config'], xml)
  await virsh(['domif-setlink', guest.name, guest.mac, 'down'])
  await virsh(['domif-setlink', guest.name, guest.mac, 'up'])
}
