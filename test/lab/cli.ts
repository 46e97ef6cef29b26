import { spawnSync } from 'node:child_process'
import { toFailure } from '../../shared/failure'
import { startFastLab } from './index'
import { removeLeftovers, runningLabs } from './registry'

const usage = `The lab: a workstation with a LAN, to try things in. Needs root.

  npm run lab -- up        start a lab and keep it until Ctrl-C
  npm run lab -- shell [NAME]       a shell on the workstation of a running lab
  npm run lab -- list               labs that run now
  npm run lab -- clean              remove what killed runs left behind
`

/** Runs until the terminal or another program asks it to end. */
async function up(): Promise<void> {
  const lab = await startFastLab()
  try {
    console.log(`${lab.name} is up.
  workstation   npm run lab -- shell ${lab.name}
  libvirt       virsh -c 'qemu+unix:///system?socket=${lab.libvirtSocket}'
  LAN           router ${lab.router.address}, another host ${lab.lanHost.address}, NIC ${lab.nic}
Ctrl-C ends it and removes every trace.`)
    await askedToEnd()
  } finally {
    await lab.close()
  }
}

/** Resolves at the first signal; later ones (Ctrl-C reaches every process of a terminal) must not cut the end short. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
  })
}

function shell(name: string | undefined): number {
  const labs = runningLabs().filter((lab) => name === undefined || lab.name === name)
  const [lab] = labs
  if (lab?.workstation === undefined || labs.length > 1) {
    console.error(
      labs.length > 1 ? 'More than one lab runs: say which (npm run lab -- list).' : 'No such lab runs.',
    )
    return 2
  }
  const argv = [
    '-t',
    String(lab.workstation.pid),
    '-m',
    '-n',
    '-p',
    '-u',
    '-i',
    '-r',
    '-w',
    '--',
    'bash',
    '-l',
  ]
  return spawnSync('nsenter', argv, { stdio: 'inherit' }).status ?? 1
}

async function main([verb, ...rest]: string[]): Promise<number> {
  switch (verb) {
    case 'up':
      await up()
      return 0
    case 'shell':
      return shell(rest[0])
    case 'list':
      for (const lab of runningLabs()) console.log(`${lab.name}  ${lab.kind}  owner ${lab.owner.pid}`)
      return 0
    case 'clean':
      for (const name of removeLeftovers()) console.log(`removed ${name}`)
      return 0
    default:
      console.error(usage)
      return 2
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`lab: ${toFailure(error).message}`)
    process.exitCode = 1
  },
)
