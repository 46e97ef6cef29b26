import type { Setup } from './setup'

/** All of udev's rules that the lab has; the others are about devices of the machine that runs the lab. */
const rules = ['75-net-description.rules', '80-net-setup-link.rules']
const folder = '/usr/lib/udev/rules.d'

/** It sees nothing but network cards, has no modules to load, and /sys is writable as it wants it to be. */
const daemon = `[Service]
CapabilityBoundingSet=~CAP_SYS_MODULE
TemporaryFileSystem=${folder}
BindReadOnlyPaths=${rules.map((name) => `${folder}/${name}`).join(' ')}
`

/** Only of network cards, which each network namespace has its own of; other events would reach the outer machine. */
const coldPlug = `[Service]
ExecStart=
ExecStart=-udevadm trigger --action=add --subsystem-match=net
`

/** The same workstation with udev. */
export const withUdev = (setup: Setup): Setup => ({
  ...setup,
  udev: true,
  files: {
    ...setup.files,
    '/etc/systemd/system/systemd-udevd.service.d/lab.conf': daemon,
    '/etc/systemd/system/systemd-udev-trigger.service.d/lab.conf': coldPlug,
    // The lab has named its card already.
    '/etc/systemd/network/10-lab.link':
      '[Match]\nOriginalName=*\n\n[Link]\nNamePolicy=keep\nMACAddressPolicy=none\n',
  },
})
