import { describe, expect, it } from 'vitest'
import type { Libvirt } from '../../../electron/libvirt/libvirt'
import type { ArgsOf, ProcedureName, ReturnOf } from '../../../electron/libvirt/procedures'
import type { Side } from '../../../electron/machines/sides'
import { checkTarget, wayOf, type SwitchPlan } from '../../../electron/machines/switch-check'
import { toFailure } from '../../../shared/failure'
import { english } from '../../../shared/phrases/english'

/** A libvirt that keeps one network. */
function keeping(inside: string, active = true): Libvirt {
  const answers: { [N in ProcedureName]?: (args: ArgsOf<N>) => ReturnOf<N> } = {
    connectGetLibVersion: () => ({ version: 9_000_000n }),
    networkLookupByName: ({ name }) => ({ net: { name, uuid: '0b1690dc-a020-4534-8692-479c8a8b4e7c' } }),
    networkIsActive: () => ({ active }),
    networkGetXmlDesc: () => ({ xml: `<network><name>there</name>${inside}</network>` }),
  }
  return {
    uri: 'qemu:///system',
    call: (name, args) => {
      const answer = answers[name]
      return answer ? Promise.resolve(answer(args)) : Promise.reject(new Error(`${name} was not expected`))
    },
    subscribe: () => Promise.reject(new Error('nothing to listen to')),
    onClose: () => () => undefined,
    close: () => Promise.resolve(),
  }
}

const side: Side = {
  affect: 1,
  domainXml: '<domain/>',
  xml: "<interface type='bridge'><source bridge='br0'/></interface>",
  attachment: { type: 'bridge', bridge: 'br0' },
}
const running: SwitchPlan = {
  target: { type: 'network', network: 'there' },
  moves: { live: side, saved: side },
  missing: null,
}
const stopped: SwitchPlan = { ...running, moves: { live: null, saved: side } }

const DEVICES = "<forward mode='hostdev'><pf dev='enp10s0'/></forward>"

describe('a network that a machine is switched to', () => {
  it('that gives out host devices is refused to a running machine, with what can be done', async () => {
    const failure = await checkTarget(keeping(DEVICES), running).then(() => null, toFailure)
    expect(failure).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('--no-live') as string,
    })
    expect(english(failure?.message ?? '')).toContain('“there” gives each machine a device of the host')
  })

  it('that gives out host devices is all right for the next start', async () => {
    expect(await checkTarget(keeping(DEVICES), stopped)).toMatchObject({
      ground: 'host-device',
      dhcpNetwork: null,
    })
  })

  it('must run when the machine does', async () => {
    const failure = await checkTarget(keeping('<forward/>', false), running).then(() => null, toFailure)
    expect(failure).toMatchObject({ code: 'refused', message: 'The network “there” is not running.' })
    expect(await checkTarget(keeping('<forward/>', false), stopped)).toMatchObject({ dhcpNetwork: null })
  })

  it('tells whether its DHCP will answer', async () => {
    const dhcp = "<ip address='10.0.0.1'/><ip address='10.1.0.1'><dhcp/></ip>"
    expect(await checkTarget(keeping(dhcp), running)).toMatchObject({ dhcpNetwork: 'there' })
    expect(await checkTarget(keeping("<ip address='10.0.0.1'/>"), running)).toMatchObject({
      dhcpNetwork: null,
    })
  })
})

describe('a port of a virtual switch', () => {
  const vlan = "<vlan><tag id='42'/></vlan>"
  const OVS = "<virtualport type='openvswitch'/>"
  const tagged: Side = { ...side, xml: side.xml.replace('</interface>', `${vlan}</interface>`) }
  const port = { name: 'virtualport', attributes: { type: 'openvswitch' }, children: [], text: '' }

  it('is what a network or its port group lends', async () => {
    const to = (portGroup?: string): SwitchPlan => ({
      target: { type: 'network', network: 'there', ...(portGroup !== undefined && { portGroup }) },
      moves: { live: tagged, saved: tagged },
      missing: null,
    })
    const bridge = "<forward mode='bridge'/><bridge name='b'/>"
    const groups = `${bridge}<portgroup name='a' default='yes'/><portgroup name='b'>${OVS}</portgroup>`
    expect(await checkTarget(keeping(`${bridge}${OVS}`), to())).toMatchObject({ ground: 'open-vswitch' })
    expect(await checkTarget(keeping(groups), to('b'))).toMatchObject({ ground: 'open-vswitch' })
    expect(await checkTarget(keeping(groups), to()).then(() => null, toFailure)).toMatchObject({
      code: 'refused',
    })
  })

  it('is a place for VLANs, also where it is a bridge by name', async () => {
    const plan: SwitchPlan = {
      target: { type: 'bridge', bridge: 'ovs0', virtualPort: port },
      moves: { live: tagged, saved: tagged },
      missing: null,
    }
    const destination = await checkTarget(keeping(''), plan)
    expect(destination.ground).toBe('open-vswitch')
    expect(wayOf(plan, destination)).toBe('replug')
  })

  it('is left by unplugging, also where the network has lent it', () => {
    const shown = `<interface type='bridge'><source network='floor' bridge='ovs0'/>${OVS}</interface>`
    const own = "<interface type='network'><source network='floor'/></interface>"
    const live: Side = { ...side, xml: own, shown, attachment: { type: 'network', network: 'floor' } }
    const plan: SwitchPlan = {
      target: { type: 'bridge', bridge: 'br0' },
      moves: { live, saved: null },
      missing: null,
    }
    const where = { links: [], subnets: [], complete: false }
    const to = {
      ...({ ground: 'linux-bridge', version: 9_000_000, dhcpNetwork: null } as const),
      ...{ hostIsNear: true, where },
    }
    expect(wayOf(plan, to)).toBe('replug')
    expect(wayOf({ ...plan, moves: { live: { ...live, shown: own }, saved: null } }, to)).toBe('update')
  })
})
