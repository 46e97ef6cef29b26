import { describe, expect, it } from 'vitest'
import { namespaceNumber, takersOf } from '../../../electron/helper/kernel/taken-elsewhere'
import { namespacesMounted, ownerFrom } from '../../../electron/helper/kernel/namespaces'
import { ipLink } from '../../../electron/system/ip-json'

/** `ip -j -d link` in a network namespace that has a macvlan on a card of another one, and nothing else of its own. */
const printed = `[
{"ifindex":1,"ifname":"lo","flags":["LOOPBACK"],"mtu":65536,"link_type":"loopback","address":"00:00:00:00:00:00"},
{"ifindex":4,"link_index":3,"ifname":"mv0","flags":["BROADCAST","MULTICAST"],"mtu":1500,"link_type":"ether","address":"86:d2:01:9b:5d:dd","link_netnsid":0,"linkinfo":{"info_kind":"macvlan","info_data":{"mode":"vepa","bcqueuelen":1000,"usedbcqueuelen":1000}}}]`
const links = ipLink.array().parse(JSON.parse(printed))

/** `lsns --json --list --type net -o NS,NETNSID` there: util-linux 2.38. */
const numbers = `{
   "namespaces": [
      {"ns":4026531833, "netnsid":"unassigned"},
      {"ns":4026532489, "netnsid":"0"},
      {"ns":4026532699, "netnsid":"unassigned"}
   ]
}`

describe('what has a card in another network namespace', () => {
  it('is a link of a kind that takes its frames, below which the card is', () => {
    expect(takersOf(links, 3).map(({ ifname }) => ifname)).toEqual(['mv0'])
    expect(takersOf(links, 4)).toEqual([])
    // A veth's other end has an index too, and takes nothing.
    const veth = links.map((link) => ({ ...link, linkinfo: { info_kind: 'veth' } }))
    expect(takersOf(veth, 3)).toEqual([])
  })

  it('is on a card of this namespace, if the number that it names is this one’s', () => {
    expect(namespaceNumber(numbers, 'net:[4026532489]')).toBe(0)
    expect(namespaceNumber(numbers, 'net:[4026531833]')).toBeNull()
    expect(namespaceNumber(numbers, 'net:[1]')).toBeNull()
  })
})

describe('a network namespace', () => {
  /** Lines of /proc/self/mountinfo. */
  const mountinfo = `22 1 0:20 / /proc rw - proc proc rw
401 26 0:4 net:[4026532699] /run/netns/cont rw shared:5 - nsfs nsfs rw
402 26 0:4 net:[4026532700] /run/docker/netns/0a1b2c3d4e5f rw shared:6 - nsfs nsfs rw
403 26 0:4 mnt:[4026532701] /run/snapd/ns/lxd.mnt rw - nsfs nsfs rw`

  it('is known by its name, and by how a command gets there', () => {
    expect([...namespacesMounted(mountinfo)]).toEqual([
      ['net:[4026532699]', { path: '/run/netns/cont', name: 'the network namespace cont', ip: 'ip -n cont' }],
      [
        'net:[4026532700]',
        {
          path: '/run/docker/netns/0a1b2c3d4e5f',
          name: 'the network namespace /run/docker/netns/0a1b2c3d4e5f',
          ip: 'nsenter --net=/run/docker/netns/0a1b2c3d4e5f ip',
        },
      ],
    ])
  })

  it('is the container’s whose process it is, or else the process’s', () => {
    const id = `0a1b2c3d4e5f${'0'.repeat(52)}`
    expect(ownerFrom('7', `0::/system.slice/docker-${id}.scope\n`, 'nginx')).toBe(
      'the container 0a1b2c3d4e5f',
    )
    expect(ownerFrom('7', `12:pids:/docker/${id}\n`, 'nginx')).toBe('the container 0a1b2c3d4e5f')
    expect(ownerFrom('7', `0::/machine.slice/libpod-${id}.scope/container\n`, 'nginx')).toBe(
      'the container 0a1b2c3d4e5f',
    )
    expect(ownerFrom('7', '0::/lxc.payload.web/init.scope\n', 'systemd')).toBe('the container web')
    expect(ownerFrom('7', '0::/user.slice\n', 'sleep')).toBe('the network namespace of “sleep” (process 7)')
  })
})
