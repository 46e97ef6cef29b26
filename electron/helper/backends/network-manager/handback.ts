import { type LinkState, readLinkState } from '../../kernel/link-state'
import { neighbourLines, routeLines, runBatch } from '../../kernel/move'
import { HANDBACK_PROTOCOL, type KernelRoute, valueOf, withoutPair } from '../../kernel/route-text'
import { atOnce } from './at-once'

interface Handback {
  nic: string
  bridge: string
  /** Has NetworkManager begin with the NIC, and returns when it is ready. */
  begin: () => Promise<void>
  ready: () => Promise<void>
  /** Ends the bridge, and returns when it is gone: until then its routes may be preferred, though they lead nowhere. */
  end: () => Promise<void>
}

/**
 * Moves the network from the bridge to the NIC without losing a packet. The addresses stay on the bridge until the NIC has them
 * too: the kernel answers for an address whatever link it is on, so all that must move at once are the routes.
 */
export async function handBackAtOnce({ nic, bridge, begin, ready, end }: Handback): Promise<void> {
  const state = preferred(await readLinkState(bridge))
  await atOnce(begin, [
    `link set dev ${nic} nomaster`,
    ...neighbourLines(state, nic),
    ...routeLines(state, nic),
  ])
  await ready()
  await end()
  await forgetHandback()
}

/** Removes what an interrupted one has left; nothing is no error. */
export async function forgetHandback(): Promise<void> {
  await runBatch([`route flush table all protocol ${HANDBACK_PROTOCOL}`])
}

/**
 * The same IPv4 routes, preferred to those that are there. What NetworkManager finds on a link that it begins with it takes away,
 * but for routes of protocols that it does not know (seen with 1.42).
 */
function preferred(state: LinkState): LinkState {
  const routes = state.routes.filter(({ family }) => family === 4)
  return { ...state, routes: routes.map(preferredRoute) }
}

function preferredRoute({ family, words }: KernelRoute): KernelRoute {
  const metric = Number(valueOf(words, 'metric') ?? 0)
  const kept = withoutPair(withoutPair(words, 'metric'), 'proto')
  return { family, words: [...kept, 'proto', HANDBACK_PROTOCOL, 'metric', String(Math.floor(metric / 2))] }
}
