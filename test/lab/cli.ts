import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { toFailure } from '../../shared/failure'
import { removeOutdated } from './cache'
import { nextSuite, workstationSuite } from './debian'
import { guestAgentImage, guestAgentImageName } from './guest-agent'
import { guestImageName } from './guest-image'
import { type SetupName, setupNames, startFastLab, startFullLab } from './index'
import { installCommand, installPackages, missingPackages } from './packages'
import { removeLeftovers, runningLabs } from './registry'
import { workstationImage, workstationImageName } from './workstation-image'
import { english } from '../../shared/phrases/english'

const usage = `The lab: a workstation with a LAN, to try things in. Needs root.

  npm run lab -- up [--full]        start a lab and keep it until Ctrl-C
                                    --full: with a system of its own and the user dev
                                    --setup NAME: how that system gets its network, one of
                                    ${setupNames.join(', ')}
  npm run lab -- shell [NAME]       a shell on the workstation of a running lab
  npm run lab -- list               labs that run now
  npm run lab -- clean              remove what killed runs and old recipes left behind
  npm run lab -- build              build and keep what the labs are made of
  npm run lab -- doctor [--fix]     what this machine lacks for the lab; --fix installs it
`

/** Runs until the terminal or another program asks it to end. */
async function up(full: boolean, setup: SetupName | undefined): Promise<void> {
  const lab = await (setup ? startFullLab({ setup }) : full ? startFullLab() : startFastLab())
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

async function doctor(fix: boolean): Promise<number> {
  const missing = missingPackages()
  if (missing.length === 0) console.log('Nothing is missing.')
  else if (fix) await installPackages(missing)
  else console.log(`The lab needs: ${missing.join(', ')}\n  ${installCommand(missing)}`)
  return missing.length === 0 || fix ? 0 : 1
}

/** The releases of Debian that the tests use for the workstation. */
const suites = [...new Set([workstationSuite, nextSuite])]

async function build(): Promise<void> {
  const { kernel } = await guestAgentImage()
  console.log(`guest        ${dirname(kernel)}`)
  for (const suite of suites) console.log(`workstation  ${await workstationImage(suite)}  ${suite}`)
}

/** Leftovers of killed runs always; outdated parts of the cache only when no lab can be standing on them. */
async function clean(): Promise<void> {
  const removed = removeLeftovers()
  const current = [
    await guestImageName(),
    await guestAgentImageName(),
    ...(await Promise.all(suites.map(workstationImageName))),
  ]
  if (runningLabs().length === 0) removed.push(...(await removeOutdated(current)))
  for (const name of removed) console.log(`removed ${name}`)
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
      if (rest.includes('--setup') && setupIn(rest) === undefined) break
      await up(rest.includes('--full'), setupIn(rest))
      return 0
    case 'build':
      await build()
      return 0
    case 'doctor':
      return doctor(rest.includes('--fix'))
    case 'shell':
      return shell(rest[0])
    case 'list':
      for (const lab of runningLabs()) console.log(`${lab.name}  ${lab.kind}  owner ${lab.owner.pid}`)
      return 0
    case 'clean':
      await clean()
      return 0
    default:
      break
  }
  console.error(usage)
  return 2
}

/** The setup that the words after `--setup` name. */
function setupIn(words: readonly string[]): SetupName | undefined {
  const name = words.includes('--setup') ? words[words.indexOf('--setup') + 1] : undefined
  return setupNames.find((known) => known === name)
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const { message, hint } = toFailure(error)
    console.error(`lab: ${english(message)}${hint === undefined ? '' : `\n${english(hint)}`}`)
    process.exitCode = 1
  },
)
