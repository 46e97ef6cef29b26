import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { build } from '../../../scripts/build.mjs'
import { type Lab, startFastLab } from '../../lab'
import { HELPER, planned } from '../../lab/bridge-driver'
import { type HostState, hostState } from '../../lab/host-state'
import { projectFolder } from '../../lab/workstation'

/** Whatever could lure the helper points to this folder, in which it has nothing to do. */
export const VICTIM = '/srv/victim'
/** A file that gets another name, which changes its time stamp. */
export const LINKED = '/srv/linked'
export const WRAPPER = '/usr/lib/patchbay/patchbay-helper'

/** A lab in which nothing may change any more, whatever is done to the helper. */
export interface FuzzLab {
  lab: Lab
  /** The hash of the host's state, as the helper would find it. */
  hash: string
  /** What is not as it was when the lab was opened, outside of the helper's own folders. */
  changes(): Promise<string[]>
  close(): Promise<void>
}

const SETUP = `
mkdir -p ${VICTIM}/folder ${VICTIM}/bin ${VICTIM}/node_modules /run/fuzz /usr/lib/patchbay/resources
echo mine | tee ${VICTIM}/file > ${VICTIM}/folder/file
echo mine | tee ${LINKED} > /run/fuzz/linked
echo 'require("fs").writeFileSync("${VICTIM}/owned", "")' > ${VICTIM}/evil.cjs
for name in ip flock cat env node touch sh ping chcon; do
  printf '#!/bin/sh\\n: > ${VICTIM}/owned\\n' > ${VICTIM}/bin/$name
done
chmod 755 ${VICTIM}/bin/*
cp ${projectFolder}/resources/patchbay-helper ${WRAPPER}
chmod 755 ${WRAPPER}
ln -s ${process.execPath} /usr/lib/patchbay/patchbay
cp ${HELPER} /usr/lib/patchbay/resources/helper.cjs
# The project may itself lie below /tmp.
mkdir -p /run/fuzz/project
mount --bind ${projectFolder} /run/fuzz/project
mount -o remount,bind,ro /run/fuzz/project
case "${process.execPath}" in /tmp/*) ;; *) mount -t tmpfs -o mode=1777 tmpfs /tmp ;; esac
mkdir -p ${projectFolder}
mount --bind /run/fuzz/project ${projectFolder}
mount -o remount,bind,ro ${projectFolder}
sleep 0.05
touch /run/fuzz/opened
sleep 0.05
`

/** An armed rollback of all links that never ends by itself, so that no change can be armed beside it. */
const ARMED = [
  'busctl',
  'call',
  'org.freedesktop.NetworkManager',
  '/org/freedesktop/NetworkManager',
  'org.freedesktop.NetworkManager',
  ...['CheckpointCreate', 'aouu', '0', '0', '0'],
]

export async function openFuzzLab(): Promise<FuzzLab> {
  await build()
  const lab = await startFastLab({ libvirt: false })
  try {
    const { hostHash } = await planned(lab)
    await lab.exec(ARMED)
    await lab.exec(['bash', '-e', '-c', SETUP])
    const before = await hostState(lab)
    return {
      lab,
      hash: hostHash,
      changes: async () => [
        ...differences(before, await hostState(lab)),
        ...(await changedFiles(lab)),
        ...changedLinked(lab),
      ],
      close: () => lab.close(),
    }
  } catch (error) {
    await lab.close()
    throw error
  }
}

function differences(before: HostState, now: HostState): string[] {
  return (Object.keys(before) as (keyof HostState)[]).flatMap((key) => {
    const [then, today] = [JSON.stringify(before[key]), JSON.stringify(now[key])]
    return then === today ? [] : [`${key} were ${then} and are ${today}`]
  })
}

/** Where something could have been written: what lies over the root, and the file systems of their own below it. */
const WATCHED = [
  '/run/lab-written',
  '/run',
  '/tmp',
  '/etc/NetworkManager',
  '/etc/libvirt',
  '/var/lib/libvirt',
]

/** The helper's own folders, and what other programs of the lab or these tests write by themselves. */
const EXPECTED = [
  '/run/patchbay',
  '/run/lab-written/var/lib/patchbay',
  '/run/fuzz',
  `/run/lab-written${LINKED}`,
  '/run/NetworkManager',
  '/run/dbus',
]

/** Folders in which the helper's own ones appear. */
const PARENTS = ['/run', '/run/lab-written', '/run/lab-written/var', '/run/lab-written/var/lib']

async function changedFiles(lab: Lab): Promise<string[]> {
  const { stdout } = await lab.exec([
    'find',
    ...WATCHED,
    '-xdev',
    '-cnewer',
    '/run/fuzz/opened',
    '-printf',
    '%y %p\\n',
  ])
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .filter((line) => {
      const [type, path] = [line.slice(0, 1), line.slice(2)]
      const expected = EXPECTED.some((folder) => path.startsWith(folder))
      return !expected && !(type === 'd' && PARENTS.includes(path))
    })
    .map((line) => `changed: ${line}`)
}

function changedLinked(lab: Lab): string[] {
  return [LINKED, '/run/fuzz/linked'].flatMap((path) => {
    const { mode, uid } = statSync(lab.path(path))
    const same = (mode & 0o777) === 0o644 && uid === 0 && readFileSync(lab.path(path), 'utf8') === 'mine\n'
    return same ? [] : [`changed: ${path}`]
  })
}

/** The transactions that the helper has begun and not forgotten; a folder without a summary counts as none. */
export function transactionsLeft(lab: Lab): string[] {
  const folder = lab.path('/var/lib/patchbay/transactions')
  try {
    return readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/summary.json`))
  } catch {
    // The folder is not there, or something else than a folder.
    return []
  }
}
