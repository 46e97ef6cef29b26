import { describe, expect, it } from 'vitest'
import { upgradeFirstVersion } from '../../../electron/helper/store/record-version-1'
import { transactionRecord } from '../../../electron/helper/store/record'

/** As Patchbay 0.1 wrote it for a workstation with NetworkManager and an address by DHCP. */
const written = {
  backend: 'networkmanager',
  change: {
    nic: 'enp3s0',
    bridge: 'br0',
    mac: '02:70:62:00:00:03',
    original: {
      uuid: '6b1f2c1e-6d1c-4f0e-9d53-0f0b3c3a7a01',
      id: 'Wired',
      file: '/etc/NetworkManager/system-connections/Wired.nmconnection',
    },
    profiles: {
      bridge: '05181649-3f2f-4cd3-835a-3fbb95603552',
      port: 'fb941e74-e34a-49e4-b02e-fbfe4bd72013',
    },
    lease: {
      addresses: [{ ip: '10.77.0.123', prefix: 24 }],
      gateway: '10.77.0.1',
      dns: ['10.77.0.1'],
      search: ['lab.test'],
    },
  },
  armed: '/org/freedesktop/NetworkManager/Checkpoint/1',
  before: {
    addresses: [{ family: 4, ip: '10.77.0.123', prefix: 24, origin: 'dynamic' }],
    routes: [{ family: 4, to: 'default', via: '10.77.0.1' }],
    dns: ['10.77.0.1'],
    gateways: ['10.77.0.1'],
  },
}

describe('a record of Patchbay 0.1', () => {
  it('is read, and says what undoing needs to know', () => {
    const { change, armed, before } = written
    const folder = '/etc/NetworkManager/system-connections'
    const files = [`${folder}/patchbay-br0.nmconnection`, `${folder}/patchbay-br0-enp3s0.nmconnection`]
    expect(transactionRecord.parse(upgradeFirstVersion(written))).toEqual({
      version: 2,
      backend: 'networkmanager',
      nic: 'enp3s0',
      bridge: 'br0',
      mac: '02:70:62:00:00:03',
      lease: change.lease,
      carried: null,
      kernel: expect.objectContaining({ link: 'enp3s0', mac: '02:70:62:00:00:03' }) as unknown,
      files,
      managersFiles: files,
      own: { original: change.original, profiles: change.profiles },
      armed,
      before: { ...before, routes: [{ family: 4, to: 'default', via: '10.77.0.1', table: null }] },
    })
  })

  it('is read without a lease, as the first ones were', () => {
    const { lease: _, ...change } = written.change
    const record = transactionRecord.parse(upgradeFirstVersion({ ...written, change }))
    expect(record.lease).toBeNull()
  })

  it('is not made out of anything else', () => {
    const upgraded: unknown = upgradeFirstVersion(written)
    expect(upgradeFirstVersion(upgraded)).toBe(upgraded)
    for (const other of [null, [], {}, { ...written, backend: 'kernel' }, { ...written, version: 3 }]) {
      expect(upgradeFirstVersion(other)).toBe(other)
      expect(transactionRecord.safeParse(other).success).toBe(false)
    }
  })
})
