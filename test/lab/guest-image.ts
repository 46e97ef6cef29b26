import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import { cached } from './cache'
import { run } from './command'
import { unpackPackages } from './debian'
import { projectFolder } from './workstation'

/** What a guest's NIC and its port for a guest agent need of Debian's cloud kernel, besides the modules these depend on. */
const modules = ['virtio_pci', 'virtio_net', 'virtio_console']

const scripts = join(projectFolder, 'test/lab/guest')

/**
 * The kernel and the initial RAM disk of the lab's guests, built when they are not in the cache.
 * The kernel comes from Debian's `linux-image-cloud-amd64`, unpacked and never installed.
 */
export async function guestImage(): Promise<{ kernel: string; initrd: string }> {
  const folder = await cached(await guestImageName(), buildGuestImage)
  return { kernel: join(folder, 'kernel'), initrd: join(folder, 'initrd') }
}

/** Its name in the cache, which changes with everything it is made of. */
export async function guestImageName(): Promise<string> {
  const recipe = createHash('sha256').update(modules.join())
  for (const file of ['init.sh', 'dhcp-event.sh']) recipe.update(await readFile(join(scripts, file)))
  return `guest-${recipe.digest('hex').slice(0, 8)}`
}

async function buildGuestImage(folder: string): Promise<void> {
  const unpacked = join(folder, 'unpacked')
  await mkdir(unpacked)
  await unpackPackages(unpacked, async (dependsOn) => {
    // An empty package that depends on the newest kernel.
    const kernel = (await dependsOn('linux-image-cloud-amd64')).filter((name) =>
      name.startsWith('linux-image-'),
    )
    return [...kernel, 'busybox-static']
  })
  const files = await readdir(unpacked, { recursive: true })
  const find = (pattern: RegExp): string => {
    const file = files.find((name) => pattern.test(name))
    if (file !== undefined) return join(unpacked, file)
    throw new PatchbayError({
      code: 'internal',
      message: `Debian’s kernel has no file like ${pattern.source}`,
    })
  }
  await copyFile(find(/^boot\/vmlinuz-/), join(folder, 'kernel'))

  const root = join(folder, 'root')
  await mkdir(join(root, 'bin'), { recursive: true })
  await mkdir(join(root, 'modules'))
  await copyFile(find(/^(usr\/)?bin\/busybox$/), join(root, 'bin/busybox'))
  await chmod(join(root, 'bin/busybox'), 0o755)
  await installScript('init.sh', join(root, 'init'))
  await installScript('dhcp-event.sh', join(root, 'dhcp-event'))
  const order: string[] = []
  for (const module of modules) {
    await addModule(module, order, join(root, 'modules'), (name) =>
      find(new RegExp(`/${name}\\.ko(\\.xz)?$`)),
    )
  }
  await writeFile(join(root, 'modules/order'), order.map((module) => `${module}.ko\n`).join(''))
  const pack = 'cd "$1/root"; find . | bin/busybox cpio -o -H newc >../initrd; rm -r ../root ../unpacked'
  await run(['sh', '-ec', pack, 'sh', folder])
}

async function installScript(name: string, target: string): Promise<void> {
  await copyFile(join(scripts, name), target)
  await chmod(target, 0o755)
}

/** Adds a module after those it depends on, which differ from kernel to kernel. */
async function addModule(
  name: string,
  order: string[],
  folder: string,
  find: (name: string) => string,
): Promise<void> {
  if (order.includes(name)) return
  const file = find(name)
  const target = join(folder, basename(file))
  await copyFile(file, target)
  // Debian 13 and later compress their modules, which busybox cannot load.
  if (target.endsWith('.xz')) await run(['xz', '--decompress', target])
  const content = await readFile(join(folder, `${name}.ko`), 'latin1')
  // The section .modinfo holds "depends=a,b" and the like, each ended by a zero byte.
  const depends = /\0depends=([^\0]*)\0/.exec(content)?.[1] ?? ''
  for (const other of depends.split(',').filter(Boolean)) await addModule(other, order, folder, find)
  order.push(name)
}
