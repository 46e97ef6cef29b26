import { describe, expect, it } from 'vitest'
import { newestLeaseIn } from '../../../electron/helper/backends/ifupdown/dhclient'

/** As dhclient 4.4.3-P1 has written it (Debian 12). */
const written = `default-duid "\\000\\001\\000\\0012\\240\\225m\\002pb\\000\\000\\003";
lease {
  interface "enp3s0";
  fixed-address 10.77.0.123;
  option subnet-mask 255.255.255.0;
  option routers 10.77.0.1;
  option dhcp-lease-time 3600;
  option dhcp-message-type 5;
  option domain-name-servers 10.77.0.1;
  option dhcp-server-identifier 10.77.0.1;
  option domain-search "lab.test.";
  option dhcp-renewal-time 1800;
  option broadcast-address 10.77.0.255;
  option dhcp-rebinding-time 3150;
  option host-name "workstation";
  option domain-name "lab.test";
  renew 1 2026/11/30 20:43:15;
  rebind 1 2026/11/30 21:06:03;
  expire 1 2026/11/30 21:13:33;
}
`
const lease = { ip: '10.77.0.123', seconds: 3600, ends: Date.UTC(2026, 10, 30, 21, 13, 33) }

describe('the newest lease that dhclient has written down', () => {
  it('is the last one, with the time of its end in UTC', () => {
    expect(newestLeaseIn(written)).toEqual(lease)
    const older = written.replaceAll('10.77.0.123', '10.77.0.150')
    expect(newestLeaseIn(older + written)).toEqual(lease)
  })

  it('has its end by db-time-format local, too, and none that never comes (dhclient.leases(5))', () => {
    const ending = (text: string): string => written.replace('expire 1 2026/11/30 21:13:33', text)
    const local = ending('expire epoch 1796073213; # Mon Nov 30 21:13:33 2026')
    expect(newestLeaseIn(local)).toEqual(lease)
    expect(newestLeaseIn(ending('expire never'))).toEqual({ ...lease, ends: null })
  })

  it('is none where nothing makes one', () => {
    expect(newestLeaseIn('')).toBeNull()
    expect(newestLeaseIn('default-duid "\\000\\001";\n')).toBeNull()
  })
})
