import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readNetworkdLink } from '../../../../electron/host/managers/networkd/facts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'patchbay-networkd-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function files(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(contents)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
}

const FILE = '/run/systemd/network/10-netplan-enp3s0.network'
/** As systemd 252 writes it. */
const state = `# This is private data. Do not parse.
ADMIN_STATE=configured
NETWORK_FILE=${FILE}
DHCP_LEASE=/run/systemd/netif/leases/6
DHCP6_CLIENT_IAID=0x9437878d
`

it('reads what networkd has for a link', async () => {
  await files({
    '/run/systemd/netif/links/6': state,
    '/run/systemd/netif/leases/6': '# This is private data.\nADDRESS=10.77.0.124\nCLIENTID=ff94\n',
    [FILE]: '[Network]\nDHCP=yes\n',
  })
  const link = await readNetworkdLink('enp3s0', 6, root)
  expect(link).toMatchObject({
    name: 'enp3s0',
    state: 'configured',
    file: { path: `${root}${FILE}`, text: '[Network]\nDHCP=yes\n' },
    dropIns: [],
    lease: { ADDRESS: '10.77.0.124', CLIENTID: 'ff94' },
    dhcp6Iaid: 0x9437878d,
  })
})

it('reads drop-ins in the order of their names, and of namesakes the first folder’s', async () => {
  const folder = '10-netplan-enp3s0.network.d'
  await files({
    '/run/systemd/netif/links/6': state,
    [FILE]: '',
    [`/etc/systemd/network/${folder}/20-b.conf`]: 'etc',
    [`/run/systemd/network/${folder}/20-b.conf`]: 'run',
    [`/run/systemd/network/${folder}/10-a.conf`]: 'first',
    [`/run/systemd/network/${folder}/notes.txt`]: 'no',
  })
  const link = await readNetworkdLink('enp3s0', 6, root)
  expect(link?.dropIns.map(({ text }) => text)).toEqual(['first', 'etc'])
  expect(link).toMatchObject({ lease: null })
})

it('says when networkd does not manage a link', async () => {
  expect(await readNetworkdLink('enp3s0', 6, root)).toBeNull()
  await files({ '/run/systemd/netif/links/6': state.replace('=configured', '=unmanaged'), [FILE]: '' })
  expect(await readNetworkdLink('enp3s0', 6, root)).toBeNull()
})
