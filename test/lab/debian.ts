import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './cache'
import { run } from './command'

/** The lab's guests are made of Debian 12, whatever this machine runs. */
const suite = 'bookworm'

/** What the workstation is made of where a test does not say: Debian 12, unless PATCHBAY_LAB_SUITE is set. */
export const workstationSuite = process.env.PATCHBAY_LAB_SUITE ?? suite
/** The release of Debian after that, on which some tests run as well. */
export const nextSuite = 'trixie'

/**
 * Where its packages come from: PATCHBAY_LAB_MIRROR, else the mirror this machine uses when it is a Debian, else
 * Debian's own.
 */
export async function findMirror(): Promise<string> {
  const { PATCHBAY_LAB_MIRROR: chosen } = process.env
  if (chosen !== undefined) return chosen
  const { stdout } = await run(['apt-get', 'indextargets', '--format', '$(REPO_URI)'])
  const used = stdout.split('\n').find((uri) => /\/debian\/?$/.test(uri))
  return used ?? 'http://ftp.debian.org/debian'
}

/**
 * The content of sources.list for a release of Debian at a mirror. sid has no updates beside itself, and its list of packages is
 * valid for a week only, which a mirror that keeps still outlasts.
 */
export function sourcesAt(mirror: string, release: string, options: readonly string[] = []): string {
  const isSid = release === 'sid'
  const all = [...options, ...(isSid ? ['check-valid-until=no'] : [])]
  const bracket = all.length === 0 ? '' : `[${all.join(' ')}] `
  const pockets = isSid ? [''] : ['', '-updates']
  return pockets.map((pocket) => `deb ${bracket}${mirror} ${release}${pocket} main\n`).join('')
}

/** Packages that were fetched once are not fetched again, whatever is built. */
export const downloads = join(cacheFolder, 'packages')

/**
 * Unpacks Debian packages into `folder` without installing them. This machine's own package lists and
 * sources are neither used nor changed.
 * @param choose the names of the packages, given a function that tells what a package depends on
 */
export async function unpackPackages(
  folder: string,
  choose: (dependsOn: (name: string) => Promise<string[]>) => Promise<string[]>,
): Promise<void> {
  const lists = join(folder, 'apt')
  await mkdir(join(lists, 'lists/partial'), { recursive: true })
  await mkdir(join(downloads, 'partial'), { recursive: true })
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
  const sources = sourcesAt(await findMirror(), suite, [`signed-by=${keyring}`])
  await writeFile(join(lists, 'sources.list'), sources)
  const apt = [
    ...['-q', '-o', `Dir::Etc::SourceList=${lists}/sources.list`, '-o', 'Dir::Etc::SourceParts=/dev/null'],
    ...[
      '-o',
      `Dir::State::Lists=${lists}/lists`,
      '-o',
      `Dir::Cache=${lists}`,
      '-o',
      'APT::Sandbox::User=root',
    ],
    // Translated descriptions and the like are of no use.
    ...[
      '-o',
      'Acquire::Languages=none',
      '-o',
      'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false',
    ],
  ]
  const minutes = 60_000
  await run(['apt-get', ...apt, 'update'], { timeoutMs: 3 * minutes })
  const names = await choose(async (name) => {
    const { stdout } = await run(['apt-cache', ...apt, 'depends', name])
    return [...stdout.matchAll(/Depends: (\S+)/g)].flatMap(([, dependency]) => dependency ?? [])
  })
  const script = 'cd "$1"; shift; apt-get "$@"; for file in ./*.deb; do dpkg -x "$file" .; rm "$file"; done'
  await run(['sh', '-ec', script, 'sh', folder, ...apt, 'download', ...names], { timeoutMs: 3 * minutes })
}
