import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { cached } from './cache'
import { run } from './command'
import { unpackPackages } from './debian'
import { guestImage, guestImageName } from './guest-image'

const AGENT = 'qemu-guest-agent'

/** The guests' kernel, and their initial RAM disk with Debian's QEMU guest agent and its libraries in `/agent`. */
export async function guestAgentImage(): Promise<{ kernel: string; initrd: string }> {
  const { kernel, initrd } = await guestImage()
  const folder = await cached(await guestAgentImageName(), (made) => build(made, initrd))
  return { kernel, initrd: join(folder, 'initrd') }
}

export async function guestAgentImageName(): Promise<string> {
  const hash = createHash('sha256')
    .update(`${await guestImageName()} ${AGENT}`)
    .digest('hex')
  return `agent-${hash.slice(0, 8)}`
}

async function build(folder: string, initrd: string): Promise<void> {
  const [unpacked, agent] = [join(folder, 'unpacked'), join(folder, 'root/agent')]
  await mkdir(unpacked)
  await mkdir(agent, { recursive: true })
  await unpackPackages(unpacked, async (dependsOn) => {
    const packages = new Set([AGENT, 'busybox-static'])
    for (const name of packages) {
      for (const other of await dependsOn(name)) if (/^(lib|zlib)/.test(other)) packages.add(other)
    }
    return [...packages]
  })
  const files = await readdir(unpacked, { recursive: true })
  const find = (end: string): string => join(unpacked, files.find((file) => file.endsWith(end)) ?? end)
  const loader = find('x86_64-linux-gnu/ld-linux-x86-64.so.2')
  const folders = ['lib', 'usr/lib'].map((path) => join(unpacked, path, 'x86_64-linux-gnu')).join(':')
  const program = find('sbin/qemu-ga')
  const { stdout } = await run([loader, '--library-path', folders, '--list', program])
  const libraries = [...stdout.matchAll(/ => (\S+) \(/g)].flatMap(([, path]) => path ?? [])
  for (const file of [program, ...libraries]) await copyFile(file, join(agent, basename(file)))
  await copyFile(loader, join(agent, 'ld.so'))
  // The kernel unpacks one archive after the other (Documentation/driver-api/early-userspace/buffer-format.rst).
  const pack = `cp "$2" "$1/initrd"; cd "$1/root"; find . | "$3" cpio -o -H newc >>../initrd; rm -r ../root ../unpacked`
  await run(['sh', '-ec', pack, 'sh', folder, initrd, find('bin/busybox')])
}
