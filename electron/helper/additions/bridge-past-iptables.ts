import type { AdditionOf } from '../../../shared/helper/host-addition'
import type { AdditionKind } from './kind'
import { isOwnFileThere, putOwnFile, refuseTaken, removeOwnFile } from './own-file'
import { putSettingBack, readSetting, writeSetting } from './settings'

const NAMES = ['bridge-nf-call-iptables', 'bridge-nf-call-ip6tables', 'bridge-nf-call-arptables'] as const

const settingOf = (name: string): string => `bridge/${name}`

const values = {
  path: '/etc/sysctl.d/90-patchbay-bridge.conf',
  content: `# Made by Patchbay: packets inside a bridge do not pass iptables.\n${NAMES.map(
    (name) => `net.bridge.${name} = 0\n`,
  ).join('')}`,
}

/** Loading br_netfilter later sets them to 1, so they are set again then: sysctl.d(5), example 2. */
const whenLoaded = {
  path: '/etc/udev/rules.d/90-patchbay-bridge.rules',
  content:
    '# Made by Patchbay: sets /etc/sysctl.d/90-patchbay-bridge.conf when the module is loaded.\n' +
    'ACTION=="add", SUBSYSTEM=="module", KERNEL=="br_netfilter", RUN+="/usr/lib/systemd/systemd-sysctl --prefix=/net/bridge"\n',
}

export const bridgePastIptables: AdditionKind<AdditionOf<'bridge-past-iptables'>> = {
  lasting: false,
  async check() {
    await refuseTaken(values)
    await refuseTaken(whenLoaded)
    const before: Record<string, string> = {}
    for (const name of NAMES) {
      const value = await readSetting(settingOf(name))
      if (value !== null) before[name] = value
    }
    return before
  },
  async apply() {
    await putOwnFile(values)
    await putOwnFile(whenLoaded)
    for (const name of NAMES) await writeSetting(settingOf(name), '0')
  },
  async revert({ before }) {
    await removeOwnFile(whenLoaded)
    await removeOwnFile(values)
    // Where the module was not loaded yet, the kernel's own value is 1.
    for (const name of NAMES) await putSettingBack(settingOf(name), '0', before[name] ?? '1')
  },
  async inForce() {
    const now = await Promise.all(NAMES.map((name) => readSetting(settingOf(name))))
    return (await isOwnFileThere(values)) && now.every((value) => value === null || value === '0')
  },
}
