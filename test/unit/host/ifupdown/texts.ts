import fc from 'fast-check'
import { configOf } from '../../../../electron/host/managers/ifupdown/config'
import type { IfupdownFacts } from '../../../../electron/host/managers/ifupdown/files'

/** What Debian's installer writes. */
export const INSTALLED = `# This file describes the network interfaces available on your system
source /etc/network/interfaces.d/*

# The loopback network interface
auto lo
iface lo inet loopback

# The primary network interface
allow-hotplug enp3s0
iface enp3s0 inet dhcp
`

const stamp = { size: 0, mtimeMs: 0, mode: 0o644, uid: 0, gid: 0 }

/** Facts with the given files, the first of them /etc/network/interfaces. */
export function someFacts(
  texts: string | Record<string, string>,
  changes: Partial<IfupdownFacts> = {},
): IfupdownFacts {
  const named = typeof texts === 'string' ? { '/etc/network/interfaces': texts } : texts
  return {
    files: Object.entries(named).map(([path, text]) => ({ path, realPath: path, text, stamp })),
    obstacles: [],
    up: [{ link: 'enp3s0', stanza: 'enp3s0' }],
    dhcpClient: 'dhclient',
    ...changes,
  }
}

export const someConfig = (texts: string | Record<string, string>) => configOf(someFacts(texts))

const piece = fc.constantFrom(
  ...['auto lo enp3s0', 'allow-hotplug enp3s0', 'auto', 'iface lo inet loopback', 'iface enp3s0 inet dhcp'],
  ...[
    'iface enp3s0 inet6 auto',
    'iface wg0 inet manual',
    'address 10.0.0.5/24',
    '  up ip route add 10.8.0.0/16',
  ],
  ...[
    '\tdns-search a b',
    'mtu 9000',
    '# a comment',
    ' # one that seems to go on \\',
    '',
    '   ',
    'mapping eth*',
  ],
  ...[
    'source /etc/network/interfaces.d/*',
    'source-directory x',
    'via 10.0.0.1',
    '\\',
    'up echo \xa0\xff',
    '\r',
  ],
)
const end = fc.constantFrom('\n', '\n', '\n', '\n', '\\\n', '\r\n', ' \n', '\\ \n', '\n\n')

/** Files of every sort, also wrong ones. */
export const anyText: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.tuple(piece, end)), fc.option(piece, { nil: '' }))
  .map(([lines, last]) => lines.flat().join('') + last)
