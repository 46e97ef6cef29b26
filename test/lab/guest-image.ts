import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import { cached } from './cache'
import { run } from './command'
import { projectFolder } from './workstation'

/** What a guest's NIC needs of Debian's cloud kernel, besides the modules these depend on. */
const modules = ['virtio_pci', 'virtio_net']

const scripts = join(projectFolder, 'test/lab/guest')

/**
 * The kernel and the initial RAM disk of the lab's guests, built when they are not in the cache.
 * The kernel comes from Debian's `linux-image-cloud-amd64`, unpacked and never installed.
 */
export async function guestImage(): Promise<{ kernel: string; initrd: string }> {
  const init = await readFile(join(scripts, 'init.sh'))
  const event = await readFile(join(scripts, 'dhcp-event.sh'))
  const key = createHash('sha256').update(init).update(event).update(modules.join()).digest('hex').slice(0, 8)
  const folder = await cached(`guest-${key}`, buildGuestImage)
  return { kernel: join(folder, 'kernel'), initrd: join(folder, 'initrd') }
}

async function buildGuestImage(folder: string): Promise<void> {
  const kernelPackage = await nameOfKernelPackage()
  await run(
    [
      'sh',
      '-ec',
      'cd "$1"; apt-get -q download "$2"; dpkg -x ./*.deb unpacked; rm ./*.deb',
      'sh',
      folder,
      kernelPackage,
    ],
    {
      timeoutMs: 120_000,
    },
  )
  const unpacked = join(folder, 'unpacked')
  const files = await readdir(unpacked, { recursive: true })
  const find = (pattern: RegExp): string => {
    const file = files.find((name) => pattern.test(name))
    if (file !== undefined) return join(unpacked, file)
    throw new PatchbayError({
      code: 'internal',
      message: `${kernelPackage} has no file like ${pattern.source}`,
    })
  }
  await copyFile(find(/^boot\/vmlinuz-/), join(folder, 'kernel'))

  const root = join(folder, 'root')
  await mkdir(join(root, 'bin'), { recursive: true })
  await mkdir(join(root, 'modules'))
  await copyFile('/bin/busybox', join(root, 'bin/busybox'))
  await installScript('init.sh', join(root, 'init'))
  await installScript('dhcp-event.sh', join(root, 'dhcp-event'))
  const order: string[] = []
  for (const module of modules) {
    await addModule(module, order, join(root, 'modules'), (name) =>
      find(new RegExp(`/${name}\\.ko(\\.xz)?$`)),
    )
  }
  await writeFile(join(root, 'modules/order'), order.map((module) => `${module}.ko\n`).join(''))
  const pack = 'cd "$1/root"; find . | busybox cpio -o -H newc >../initrd; rm -r ../root ../unpacked'
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

/** `linux-image-cloud-amd64` is an empty package that depends on the newest kernel. */
async function nameOfKernelPackage(): Promise<string> {
  const ask = async () => {
    const { stdout } = await run(['apt-cache', 'depends', 'linux-image-cloud-amd64'], { check: false })
    return /Depends: (linux-image-\S+)/.exec(stdout)?.[1]
  }
  const known = await ask()
  if (known !== undefined) return known
  await run(['apt-get', '-q', 'update'], { timeoutMs: 120_000 })
  const found = await ask()
  if (found !== undefined) return found
  throw new PatchbayError({
    code: 'unsupported',
    message: 'apt does not know linux-image-cloud-amd64, whose kernel the lab’s guests run',
    hint: 'Run the lab on Debian 12 or later, or add its package source.',
  })
}
