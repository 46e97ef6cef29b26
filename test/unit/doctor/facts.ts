import type { DoctorFacts } from '../../../electron/doctor/facts'
import { judge } from '../../../electron/doctor/checks'
import type { CheckId, Verdict } from '../../../shared/doctor/doctor'
import { link, network, world, type WorldHere } from '../shared/worlds'

/** Recorded on a workstation that is as it should be, as somebody who is not root sees it. */
export function facts(change: Partial<DoctorFacts> & { world?: WorldHere } = {}): DoctorFacts {
  const seen = change.world ?? world({ networks: [nat()] })
  return {
    world: seen,
    scope: 'system',
    host: {
      host: seen.host,
      managers: {},
      networkd: [],
      ifupdown: null,
      rules: { ipv4: [], ipv6: [] },
      multipath: [],
      byNexthop: [],
      uppers: {},
      extraMacs: [],
      bridges: [],
      bondModes: {},
      networkManager: null,
      firewall: null,
      signedIn: [],
      remote: false,
    },
    neighbours: [],
    additions: [],
    user: { name: 'ann', isRoot: false, libvirtGroup: 'member' },
    desktop: { isGraphical: true, showsStatusIcons: true },
    kernel: { bridgeNf: null, ipv6: { forwarding: false, acceptRa: {} } },
    firewall: {
      iptables: null,
      docker: false,
      ufw: false,
      libvirtBackend: 'unknown',
      firewalldZones: null,
    },
    ...change,
  }
}

/** The usual network. */
export const nat = (change: Partial<ReturnType<typeof network>> = {}) =>
  network('default', {
    subnets: [
      {
        family: 4,
        address: '192.168.122.1',
        prefix: 24,
        dhcp: { start: '192.168.122.2', end: '192.168.122.254' },
        reservations: [],
      },
    ],
    ...change,
  })

/** The same facts with other links of the host. */
export function withLinks(
  of: DoctorFacts,
  links: readonly (readonly [string, Parameters<typeof link>[1]])[],
): DoctorFacts {
  const host = { ...of.host.host, links: links.map(([name, change]) => link(name, change)) }
  return { ...of, host: { ...of.host, host }, world: { ...of.world, host } }
}

export function verdictOf(check: CheckId, of: DoctorFacts): Verdict {
  const report = judge(of).find((one) => one.check === check)
  if (report === undefined) throw new Error(`there is no check ${check}`)
  return report.verdict
}

/** What a check found, or its state. */
export function found(check: CheckId, of: DoctorFacts): string | readonly string[] {
  const verdict = verdictOf(check, of)
  return verdict.state === 'found' ? verdict.findings.map(({ subject }) => subject) : verdict.state
}
