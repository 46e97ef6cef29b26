import { PatchbayError } from '../../../shared/failure'
import type { AdditionOf } from '../../../shared/helper/host-addition'
import { findBinary, runCommand } from '../../system/command'
import type { AdditionKind } from './kind'
import { isOwnFileThere, putOwnFile, refuseTaken, removeOwnFile } from './own-file'
import { say } from '../../../shared/phrases/phrase'

/** What libvirt's own zone allows: machines reach everybody, and of the host DHCP, DNS, SSH and TFTP. */
const zone = {
  path: '/etc/firewalld/zones/libvirt.xml',
  content: `<?xml version="1.0" encoding="utf-8"?>
<!-- Made by Patchbay, because libvirt puts its virtual bridges into a zone of this name. -->
<zone target="ACCEPT">
  <short>libvirt</short>
  <description>The virtual bridges of libvirt.</description>
  <protocol value="icmp"/>
  <protocol value="ipv6-icmp"/>
  <service name="dhcp"/>
  <service name="dhcpv6"/>
  <service name="dns"/>
  <service name="ssh"/>
  <service name="tftp"/>
  <rule priority="32767">
    <reject/>
  </rule>
</zone>
`,
}

const firewalld = (...args: string[]): Promise<string> =>
  runCommand('firewall-cmd', args, { timeoutMs: 30_000 })

const zones = async (...args: string[]): Promise<string[]> => (await firewalld(...args)).trim().split(/\s+/)

/** Only firewalld that runs has to read it anew. */
async function reload(): Promise<void> {
  const runs = await firewalld('--state').then(
    () => true,
    () => false,
  )
  if (runs) await firewalld('--reload')
}

export const firewalldZone: AdditionKind<AdditionOf<'firewalld-zone'>> = {
  lasting: true,
  async check() {
    if (findBinary('firewall-cmd') === null) {
      throw new PatchbayError({ code: 'unsupported', message: say('firewalld-not-installed') })
    }
    await refuseTaken(zone)
    if ((await zones('--permanent', '--get-zones')).includes('libvirt')) {
      throw new PatchbayError({ code: 'refused', message: say('firewalld-zone-libvirt-already') })
    }
    return {}
  },
  async apply() {
    await putOwnFile(zone)
    await reload()
  },
  async revert() {
    await removeOwnFile(zone)
    await reload()
  },
  inForce: () => isOwnFileThere(zone),
}
