import { PatchbayError } from '../../shared/failure'
import { type Bus, DbusError, isOwned } from '../system/dbus'

/** In which zone firewalld has each link; those that it has not been told of are in the default zone. Plain data. */
export interface FirewallFacts {
  defaultZone: string
  /** By the link's name. */
  zones: Readonly<Record<string, string>>
}

const FIREWALLD = 'org.fedoraproject.FirewallD1'
const PATH = '/org/fedoraproject/FirewallD1'

/** Reads firewalld's zones (firewalld.dbus(5)); null when it does not run, or does not tell this user. */
export async function readFirewall(bus: Bus): Promise<FirewallFacts | null> {
  try {
    if (!(await isOwned(bus, FIREWALLD))) return null
    const [defaultZone] = await bus.call(method(FIREWALLD, 'getDefaultZone'))
    const [active] = await bus.call(method(`${FIREWALLD}.zone`, 'getActiveZones'))
    return typeof defaultZone === 'string' ? { defaultZone, zones: zonesFrom(active) } : null
  } catch (error) {
    if (error instanceof DbusError || error instanceof PatchbayError) return null
    throw error
  }
}

/** Every zone that firewalld knows, in use or not; null when it does not run, or does not tell this user. */
export async function readFirewalldZones(bus: Bus): Promise<string[] | null> {
  try {
    if (!(await isOwned(bus, FIREWALLD))) return null
    const [zones] = await bus.call(method(`${FIREWALLD}.zone`, 'getZones'))
    return Array.isArray(zones) ? zones.filter((zone) => typeof zone === 'string') : null
  } catch (error) {
    if (error instanceof DbusError || error instanceof PatchbayError) return null
    throw error
  }
}

const method = (of: string, member: string) => ({
  ...{ destination: FIREWALLD, path: PATH, interface: of, member },
})

/** The answer is `{ZONE: {interfaces: [LINK…], sources: [ADDRESS…]}}`. Pure. */
export function zonesFrom(active: unknown): Record<string, string> {
  if (typeof active !== 'object' || active === null) return {}
  const pairs = Object.entries(active).flatMap(([zone, members]) =>
    interfacesOf(members).map((link) => [link, zone] as const),
  )
  return Object.fromEntries(pairs)
}

function interfacesOf(members: unknown): string[] {
  if (typeof members !== 'object' || members === null || !('interfaces' in members)) return []
  const { interfaces } = members
  return Array.isArray(interfaces) ? interfaces.filter((link) => typeof link === 'string') : []
}

/** The zone that a link is in, or will be in when it comes. Pure. */
export const zoneOf = ({ zones, defaultZone }: FirewallFacts, link: string): string =>
  zones[link] ?? defaultZone
