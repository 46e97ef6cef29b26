import { toFailure } from '../../shared/failure'
import { installPackages, type Lab } from '../lab/index'
import { english } from '../../shared/phrases/english'

/** Debian's name for it. */
const PACKAGE = 'python3-libvirt'
/** Debian's own Python, which has Debian's modules. */
export const PYTHON = '/usr/bin/python3'

/**
 * Makes sure that the peer of the listing bench is there, where that can be done. The lab runs this machine's own programs, so
 * that what is installed here is there.
 * @returns null when it is, else in one sentence what is missing and how it comes
 */
export async function missingPythonPeer(
  lab: Lab,
  install: (packages: readonly string[]) => Promise<void> = (packages) => installPackages([...packages]),
): Promise<string | null> {
  if (await isThere(lab)) return null
  try {
    await install([PACKAGE])
  } catch (thrown) {
    return said(english(toFailure(thrown).message))
  }
  return (await isThere(lab)) ? null : said('it was installed, and can’t be used')
}

async function isThere(lab: Lab): Promise<boolean> {
  const { code } = await lab.exec([PYTHON, '-c', 'import libvirt'], { check: false })
  return code === 0
}

const said = (why: string): string =>
  `The row beside python3-libvirt is left out, because the package ${PACKAGE} is missing and could not be installed: ${lastLine(why)}`

/** Of what apt says, the last line tells why. */
const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? text
