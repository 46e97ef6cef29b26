import type { FullLab } from '../../lab'
import type { Kind } from './fault'
import type { Measure } from './states'

/** Routes as by `ip route add` and by a VPN client, which nobody but the kernel has; judged like everything else. */
const ROUTES = [
  ['198.51.100.0/24', 'via', '10.77.0.9'],
  ['203.0.113.7', 'via', '10.77.0.1', 'proto', 'static', 'metric', '100'],
]

/** Faults by which somebody else takes such routes away: a restart, a manager that begins anew, a link without a carrier. */
const TAKEN_BY: readonly Kind[] = ['power-loss', 'manager-killed', 'manager-restarted', 'cable-pulled']

/** Sets those that are missing on the link that has the network. */
export async function setCarried(lab: FullLab, link: string): Promise<void> {
  for (const route of ROUTES) {
    await lab.exec(['ip', 'route', 'add', ...route, 'dev', link], { check: false })
  }
}

/** What is not judged after a fault of a kind. */
export const ignoredAfter = (kind: Kind, measure: Partial<Measure> = {}): readonly string[] => [
  ...(measure.ignore ?? []),
  ...(TAKEN_BY.includes(kind) ? ROUTES.map(([to = '']) => ` ${to} `) : []),
]
