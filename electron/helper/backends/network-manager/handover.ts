import { DEVICE_STATE } from '../../../host/managers/network-manager/facts'
import { PatchbayError } from '../../../../shared/failure'
import type { ApplyContext } from '../backend'
import { addLines } from '../../kernel/carried'
import { hasAddresses } from '../../kernel/has-addresses'
import { becomePort, notPort } from '../../kernel/is-port'
import { type LinkState, readLinkState } from '../../kernel/link-state'
import { neighbourLines, routeRemovals, runBatch } from '../../kernel/move'
import { atOnce } from './at-once'
import type { NetworkManager } from './client'
import { say } from '../../../../shared/phrases/phrase'

interface Handover {
  nic: string
  bridge: string
  /** Object paths of the two profiles. */
  bridgePath: string
  portPath: string
  /** The IPv4 addresses to be moved; the bridge has them all as fixed ones for now. */
  addresses: readonly string[]
  /** Some of them are leased, so a lease for the bridge is waited for. */
  leased: boolean
  /** What no profile has, and goes along. NetworkManager lets it be on a bridge that has come up. */
  carried: LinkState
}

/** How long the bridge may take to get its fixed addresses. Without them the move works too, with a gap. Milliseconds. */
const PREPARATION_MS = 1500

/**
 * Moves the network from the NIC to the bridge without losing a packet. Done in the plain order, the host is cut off
 * while NetworkManager takes the NIC down, makes it a port, waits for DHCP, and the neighbours are asked for anew.
 * So the bridge gets the addresses first, with routes that nobody prefers yet, and what is known of the
 * neighbours; and the kernel makes the NIC a port while NetworkManager still prepares to. Never before
 * NetworkManager was told, though: a rollback would find a port it knows nothing of, and leave it disconnected.
 */
export async function moveAtOnce(
  nm: NetworkManager,
  { nic, bridge, bridgePath, portPath, addresses, leased, carried }: Handover,
  context: ApplyContext,
): Promise<void> {
  context.signal.throwIfAborted()
  const bridgeActive = await nm.activate(bridgePath, null)
  await nm.waitUntil(`The bridge ${bridge} did not come up`, () => isUp(nm, bridge), context)
  const soon = Math.min(context.deadline, performance.now() + PREPARATION_MS)
  await nm.holdsBy(soon, () => hasAddresses(bridge, addresses), context.signal)
  // The first packet to a neighbour that the bridge doesn't know is held back until the answer to an ARP request, and a lost
  // request is repeated only after a second.
  await runBatch(neighbourLines(await readLinkState(nic), bridge))
  context.signal.throwIfAborted()
  const device = await deviceOf(nm, nic)
  const lines = [becomePort({ nic, bridge }), ...routeRemovals(carried, nic), ...addLines(carried, bridge)]
  const { begun: portActive, printed } = await atOnce(() => nm.activate(portPath, device), lines)
  try {
    await nm.waitUntil(
      `NetworkManager did not make ${nic} a port of ${bridge} in time`,
      () => nm.isActivated(portActive, nic),
      context,
    )
  } catch (error) {
    // NetworkManager does not say why; the kernel does.
    context.signal.throwIfAborted()
    throw notPort({ nic, bridge }, lines, printed) ?? error
  }
  const bridgeDevice = await deviceOf(nm, bridge)
  // Without a lease the bridge would not count as activated either; this says why.
  const noLease = `The router’s DHCP did not answer over ${bridge}`
  if (leased) await nm.waitUntil(noLease, () => nm.hasLease(bridgeDevice, 4), context)
  await nm.waitUntil(
    `NetworkManager did not bring up ${bridge} in time`,
    () => nm.isActivated(bridgeActive, bridge),
    context,
  )
}

async function isUp(nm: NetworkManager, bridge: string): Promise<boolean> {
  const device = await nm.findDevice(bridge)
  // Waiting for addresses, or for a port to bring the carrier.
  return device !== null && (await nm.deviceState(device)) >= DEVICE_STATE.ipConfig
}

async function deviceOf(nm: NetworkManager, link: string): Promise<string> {
  const device = await nm.findDevice(link)
  if (device !== null) return device
  throw new PatchbayError({ code: 'not-found', message: say('networkmanager-knows-no-link', { link }) })
}
