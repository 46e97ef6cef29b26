import { contains, type Around } from './around'
import type { Spot } from './spot'
import { no, unknown, yes, type Reach } from './verdict'

type Macvtap = Extract<Spot, { at: 'macvtap' }>

/** Two machines on one host link (Linux, drivers/net/macvlan.c: macvlan_queue_xmit, macvlan_handle_frame). */
export function betweenMacvtaps(from: Macvtap, to: Macvtap): Reach {
  const modes = [from.mode, to.mode]
  if (modes.includes('passthrough')) return no('macvtap-alone', to.link)
  if (modes.includes('private')) return no('macvtap-private', to.link)
  if (modes.includes('vepa')) return no('macvtap-vepa', to.link)
  return yes('same-segment', to.link)
}

/**
 * The kernel passes nothing between a macvtap device and the link below it. With a macvlan link of the host's own beside it
 * ("host access") the two are neighbours, as far as the host's route leads there.
 */
export function macvtapWithHost({ link, mode, ips }: Macvtap, { host }: Around): Reach {
  if (mode === 'bridge' && host.computer === 'another') return unknown('not-seen-from-here', host.hostname)
  const access = host.links.find((one) => one.kind === 'macvlan' && one.parent === link && one.up)
  if (mode !== 'bridge' || access === undefined) return no('macvtap-apart', link)
  if (ips.length === 0) return unknown('no-address-known', access.name)
  const routes = host.routes.filter((route) => route.link === access.name && route.family === 4)
  const routed = ips.some((ip) => routes.some(({ to }) => to !== 'default' && contains(to, ip)))
  return routed ? yes('host-access', access.name) : no('no-host-route', access.name)
}
