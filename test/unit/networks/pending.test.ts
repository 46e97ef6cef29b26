import { describe, expect, it } from 'vitest'
import { parseNetwork } from '../../../electron/networks/network-xml'
import { pendingChanges } from '../../../electron/networks/pending'
import { english } from '../../../shared/phrases/english'

const network = (inside: string): string => `<network><name>lab</name>${inside}</network>`
const LIVE = network(`<forward mode='nat'/><bridge name='virbr1'/><domain name='old.test'/>
  <ip address='10.1.0.1' prefix='24'><dhcp><range start='10.1.0.2' end='10.1.0.9'/></dhcp></ip>`)
const pending = (saved: string): string[] =>
  pendingChanges(parseNetwork(LIVE), parseNetwork(saved)).map(english)

describe('what a network waits with until its next start', () => {
  it('is nothing when both definitions say the same, however it is written', () => {
    const saved = LIVE.replace("prefix='24'", "netmask='255.255.255.0'").replace(/\n\s*/g, '')
    expect(pending(saved)).toEqual([])
  })

  it('is what is different, and what comes to an end', () => {
    const saved = network(`<mtu size='1400'/><port isolated='yes'/><ip address='10.2.0.1' prefix='24'>
      <dhcp><range start='10.2.0.2' end='10.2.0.9'/><host name='ci' ip='10.2.0.3'/></dhcp></ip>`)
    expect(pending(saved)).toEqual([
      'kind isolated',
      'bridge none',
      'subnet 10.2.0.1/24',
      'DHCP 10.2.0.2-10.2.0.9',
      'static leases 10.2.0.3',
      'domain none',
      'MTU 1400',
      'machines kept apart',
    ])
  })

  it('is a gap between two ranges as well', () => {
    const saved = LIVE.replace(
      "<range start='10.1.0.2' end='10.1.0.9'/>",
      "<range start='10.1.0.2' end='10.1.0.4'/><range start='10.1.0.8' end='10.1.0.9'/>",
    )
    expect(pending(saved)).toEqual(['DHCP 10.1.0.2-10.1.0.4, 10.1.0.8-10.1.0.9'])
  })
})
