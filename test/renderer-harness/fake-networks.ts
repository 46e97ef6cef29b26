import type { CheckReport, DoctorReport } from '../../shared/doctor/doctor'
import type { PatchbayApi } from '../../shared/ipc/contract'
import { err, ok } from '../../shared/result'

/** Networks and the doctor, as the main process would answer for the sample World. */
export const fakeNetworks: Pick<
  PatchbayApi,
  | 'previewNetwork'
  | 'createNetwork'
  | 'planNetworkChange'
  | 'changeNetwork'
  | 'deleteNetwork'
  | 'tryReach'
  | 'examine'
  | 'addToHost'
  | 'removeFromHost'
  | 'fix'
  | 'undoFix'
> = {
  previewNetwork: ({ subnet, dhcp, kind }) => {
    if (subnet?.startsWith('192.168.122.') === true) {
      return Promise.resolve(
        err({
          code: 'refused',
          field: 'subnet',
          message: '192.168.122.0/24 overlaps with the network default (192.168.122.0/24).',
          hint: 'Free is for instance 192.168.123.0/24.',
        }),
      )
    }
    const hasSubnet = ['nat', 'isolated', 'routed', 'open'].includes(kind)
    return Promise.resolve(
      ok({
        bridge: kind === 'macvtap' ? null : kind === 'bridged' ? 'br0' : 'virbr2',
        subnet: hasSubnet ? (subnet ?? '192.168.123.1/24') : null,
        dhcp: hasSubnet && dhcp !== 'off' ? '192.168.123.2-192.168.123.254' : null,
        ipv6: null,
      }),
    )
  },
  createNetwork: () => Promise.resolve(ok('op')),
  planNetworkChange: () =>
    Promise.resolve(
      ok({
        nothing: false,
        now: ['DHCP gives 192.168.122.100 to 192.168.122.199'],
        later: ['the MTU is 9000'],
        machines: ['web01'],
      }),
    ),
  changeNetwork: () => Promise.resolve(ok('op')),
  deleteNetwork: () => Promise.resolve(ok('op')),
  tryReach: ({ from }) =>
    Promise.resolve(
      ok({
        said: { answer: 'yes', reason: { code: 'on-lan', on: 'br0' } },
        probe:
          from === 'host'
            ? {
                probed: {
                  outcome: 'sent',
                  sent: [{ by: 'ping', from: 'host', to: '10.77.0.71', answeredBy: '10.77.0.71' }],
                },
                conclusion: 'agrees',
              }
            : { probed: { outcome: 'gap', gap: 'no-agent' }, conclusion: 'could-not-tell' },
      }),
    ),
  addToHost: () => Promise.resolve(err({ code: 'refused', message: 'Not in these pictures.' })),
  removeFromHost: () => Promise.resolve(err({ code: 'refused', message: 'Not in these pictures.' })),
  examine: () => Promise.resolve(ok(report)),
  fix: () => Promise.resolve(ok('op')),
  undoFix: () => Promise.resolve(ok('op')),
}

const checks: CheckReport[] = [
  {
    check: 'libvirt-group',
    title: 'Permission to use libvirt',
    verdict: { state: 'fine', detail: 'ann is in the group “libvirt”.' },
  },
  {
    check: 'default-network',
    title: 'Networks that machines need are started',
    verdict: {
      state: 'found',
      findings: [
        {
          subject: 'default',
          weight: 'trouble',
          certainty: 'seen',
          problem: 'The network default is stopped.',
          reason: 'db01 and ci-runner can’t start until it is started.',
          remedy: {
            kind: 'fix',
            fix: { kind: 'network-actions', network: 'default', actions: ['start', 'autostart-on'] },
            changes: [
              'the network default is started',
              'the network default starts with this computer from now on',
            ],
          },
        },
      ],
    },
  },
  {
    check: 'no-tray',
    title: 'The desktop shows status icons',
    verdict: {
      state: 'found',
      findings: [
        {
          subject: 'tray',
          weight: 'notice',
          certainty: 'seen',
          problem: 'This desktop shows no status icons.',
          reason: 'Patchbay works without one: closing its window then ends it.',
          remedy: { kind: 'advice', advice: 'On GNOME install the extension AppIndicator Support.' },
        },
      ],
    },
  },
  {
    check: 'closed-firewall',
    title: 'Machines get addresses through the firewall',
    verdict: {
      state: 'unknown',
      reason: 'Only root may read the firewall. To have it looked at: sudo patchbay doctor',
    },
  },
]

const report: DoctorReport = {
  checks,
  made: [
    {
      id: '20261124-120000-0a1b',
      check: 'stale-virbr',
      subject: 'virbr7',
      changes: ['ip link delete dev virbr7 type bridge'],
      madeAt: Date.UTC(2026, 10, 24, 12),
    },
  ],
}

const away = 'libvirt does not answer, so its networks and machines are not known.'

/** What the doctor says while libvirt is away and nothing else is wrong. */
export const blindReport: DoctorReport = {
  checks: [
    {
      check: 'libvirt-group',
      title: 'Permission to use libvirt',
      verdict: { state: 'fine', detail: 'ann is in the group “libvirt”.' },
    },
    {
      check: 'default-network',
      title: 'Networks that machines need are started',
      verdict: { state: 'unknown', reason: away },
    },
    {
      check: 'closed-firewall',
      title: 'Machines get addresses through the firewall',
      verdict: { state: 'unknown', reason: away },
    },
  ],
  made: [],
}
