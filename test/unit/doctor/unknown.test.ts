import { describe, expect, it } from 'vitest'
import { reportText } from '../../../electron/cli/doctor-text'
import { judge } from '../../../electron/doctor/checks'
import type { DoctorFacts } from '../../../electron/doctor/facts'
import { troublesIn, unknownIn, type CheckReport } from '../../../shared/doctor/doctor'
import { world } from '../shared/worlds'
import { facts, nat, verdictOf, withLinks } from './facts'

const failure = { code: 'libvirt-unreachable', message: 'No libvirt daemon answers.' } as const
const away = { state: 'offline', uri: 'qemu:///system', failure } as const
const report = (of: DoctorFacts) => ({ checks: judge(of), made: [] })

describe('what could not be looked at', () => {
  const blind = facts({ world: world({ libvirt: away }) })

  it('is every check about networks and machines while libvirt is away, also by what was last known', () => {
    const lastKnown = facts({ world: world({ libvirt: away, networks: [nat()] }) })
    for (const of of [blind, lastKnown]) {
      expect(unknownIn(report(of)).map(({ check }) => check)).toEqual([
        ...['default-network', 'stale-virbr', 'overlapping-subnets', 'closed-firewall', 'docker-drops-nat'],
        ...['docker-drops-bridged', 'tap-out-of-bridge', 'old-address', 'macvtap-host-access'],
      ])
    }
  })

  it('is what a rule of the firewall decides by something that is not known', () => {
    const rules = ['-P INPUT DROP', '-P FORWARD DROP', '-A INPUT -m mark --mark 0x1 -j ACCEPT']
    const iptables = [...rules, '-A FORWARD -m mark --mark 0x1 -j ACCEPT']
    const firewall = { ...facts().firewall, iptables }
    const unclear = facts({ firewall })
    for (const check of ['closed-firewall', 'docker-drops-nat'] as const) {
      expect(verdictOf(check, unclear)).toMatchObject({
        state: 'unknown',
        reason: expect.stringContaining('virbr0 is not clear') as string,
      })
    }
    const bridged = withLinks(
      facts({ firewall, kernel: { ...facts().kernel, bridgeNf: { iptables: true, ip6tables: true } } }),
      [['enp3s0', { master: 'br0' }]],
    )
    const uplink = { link: 'br0', nic: 'enp3s0', bridge: 'br0', gateway: '10.77.0.1' }
    const host = { ...bridged.host, host: { ...bridged.host.host, uplink } }
    expect(verdictOf('docker-drops-bridged', { ...bridged, host }).state).toBe('unknown')
    const unread = { ...bridged, host, firewall: { ...firewall, iptables: null } }
    expect(verdictOf('docker-drops-bridged', unread)).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('Only root') as string,
    })
  })

  it('is a MAC that the kernel does not tell', () => {
    const of = withLinks(facts(), [['enp3s0', { master: 'br0', mac: null }]])
    const uplink = { link: 'br0', nic: 'enp3s0', bridge: 'br0', gateway: '10.77.0.1' }
    const host = { ...of.host, host: { ...of.host.host, uplink } }
    expect(verdictOf('bridge-mac', { ...of, host }).state).toBe('unknown')
  })

  it('tells root that there is nothing to read the firewall with, instead of asking for root', () => {
    const root = facts({ user: { name: 'root', isRoot: true, libvirtGroup: 'not-member' } })
    expect(verdictOf('closed-firewall', root)).toMatchObject({
      reason: expect.stringContaining('no iptables') as string,
    })
  })
})

describe('a report in text', () => {
  const fine: CheckReport = {
    check: 'no-tray',
    title: 'Icons',
    verdict: { state: 'fine', detail: 'It does.' },
  }
  const gap = (reason: string): CheckReport => ({
    ...{ check: 'old-address', title: 'Addresses' },
    verdict: { state: 'unknown', reason },
  })
  const text = (...checks: CheckReport[]): string => reportText({ checks, made: [] })

  it('says that nothing is wrong only when everything was looked at', () => {
    expect(text(fine)).toContain('Nothing is wrong.')
    expect(text(fine, gap('libvirt is away.')).split('\n').slice(0, 4)).toEqual([
      'Nothing wrong was found. One check could not be made.',
      '',
      'Could not be looked at',
      '? Addresses: libvirt is away.',
    ])
    expect(text(gap('a'), gap('b'))).toContain('2 checks could not be made.')
  })

  it('says it beside troubles, too', () => {
    const denied = facts({
      world: world({ libvirt: away }),
      user: { name: 'ann', isRoot: false, libvirtGroup: 'not-member' },
    })
    expect(troublesIn(report(denied))).toBe(1)
    expect(reportText(report(denied))).toMatch(/^One thing is wrong\. 9 checks could not be made\./)
  })
})
