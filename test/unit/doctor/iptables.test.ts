import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fateOf, type Packet } from '../../../electron/doctor/iptables'

const toOutside: Packet = {
  ...{ in: 'virbr0', out: 'enp3s0', source: '192.168.122.2', destination: null },
  ...{ protocol: 'tcp', port: 443 },
}

/** As Docker 24 and libvirt 9 write them beside each other. */
const docker = `-P INPUT ACCEPT
-P FORWARD DROP
-N DOCKER
-N DOCKER-ISOLATION-STAGE-1
-N DOCKER-USER
-A FORWARD -j DOCKER-USER
-A FORWARD -j DOCKER-ISOLATION-STAGE-1
-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o docker0 -j DOCKER
-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -j RETURN
-A DOCKER-USER -j RETURN`.split('\n')

const libvirt = `-N LIBVIRT_FWO
-A FORWARD -j LIBVIRT_FWO
-A LIBVIRT_FWO -s 192.168.122.0/24 -i virbr0 -j ACCEPT
-A LIBVIRT_FWO -i virbr0 -j REJECT --reject-with icmp-port-unreachable`.split('\n')

describe('the fate of a packet', () => {
  it('from NAT is to be dropped beside Docker alone, and to pass with libvirt’s own rules', () => {
    expect(fateOf(docker, 'FORWARD', toOutside)).toBe('dropped')
    expect(fateOf([...docker, ...libvirt], 'FORWARD', toOutside)).toBe('accepted')
  })

  it('with another source than the network’s is rejected by libvirt', () => {
    const rules = ['-P FORWARD ACCEPT', ...libvirt]
    expect(fateOf(rules, 'FORWARD', { ...toOutside, source: '10.0.0.1' })).toBe('dropped')
  })

  it.each([
    ['-A INPUT -i virbr+ -j ACCEPT', 'accepted'],
    ['-A INPUT ! -i eth0 -j ACCEPT', 'accepted'],
    ['-A INPUT ! -i virbr0 -j ACCEPT', 'dropped'],
    ['-A INPUT -p udp -m udp --dport 67 -j ACCEPT', 'accepted'],
    ['-A INPUT -p tcp -m tcp --dport 67 -j ACCEPT', 'dropped'],
    ['-A INPUT -p udp -m multiport --dports 53,67 -j ACCEPT', 'unclear'],
    ['-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT', 'dropped'],
    ['-A INPUT -m comment --comment "let -i eth0 in" -j ACCEPT', 'accepted'],
    ['-A INPUT -j LOG --log-prefix "in: "', 'dropped'],
    ['-A INPUT -s 10.0.0.0/8 -j ACCEPT', 'dropped'],
    ['-A INPUT -o virbr0 -j ACCEPT', 'dropped'],
  ])('by “%s” before a closed end is %s', (rule, fate) => {
    const question: Packet = {
      ...{ in: 'virbr0', out: null, source: '0.0.0.0', destination: '255.255.255.255' },
      ...{ protocol: 'udp', port: 67 },
    }
    expect(fateOf(['-P INPUT DROP', rule], 'INPUT', question)).toBe(fate)
  })

  it('is decided for whatever rules there are, also ones that jump in a circle', () => {
    const chain = fc.constantFrom('FORWARD', 'A', 'B')
    const target = fc.constantFrom('ACCEPT', 'DROP', 'RETURN', 'A', 'B', 'LOG')
    const match = fc.constantFrom(
      '',
      ' -i virbr0',
      ' ! -o x',
      ' -m set --match-set y dst',
      ' "',
      ' -s nonsense',
    )
    const rule = fc.tuple(chain, match, target).map(([of, when, to]) => `-A ${of}${when} -j ${to}`)
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 12 }), (rules) => {
        const fate = fateOf(['-P FORWARD DROP', '-N A', '-N B', ...rules], 'FORWARD', toOutside)
        if (rules.every((one) => !one.includes('ACCEPT'))) expect(fate).toBe('dropped')
        else expect(['accepted', 'dropped', 'unclear']).toContain(fate)
      }),
      { examples: [[['-A B -j B', '-A FORWARD -j B']]] },
    )
  })
})
