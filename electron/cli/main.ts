import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openServices, type Services } from '../services/services'
import type { Answer, Command, Input } from './command'
import { commands } from './commands/index'
import { run } from './run'
import { ask, onInterrupt, say } from './terminal'

const DEFAULT_URI = 'qemu:///system'

async function perform(command: Command, input: Input, uri: string | undefined): Promise<Answer> {
  const opened: Services[] = []
  try {
    return await command.run(input, {
      open: async (options) => {
        const services = await openServices({
          uri: [uri, process.env.LIBVIRT_DEFAULT_URI].find(Boolean) ?? DEFAULT_URI,
          // Also when its output goes into a pipe: ssh asks on the terminal itself.
          mayAsk: process.stdin.isTTY,
          helper: helperFile(),
          onTrouble: say,
          ...options,
        })
        opened.push(services)
        return services
      },
      say,
      ask,
      onInterrupt,
    })
  } finally {
    for (const services of opened) await services.close()
  }
}

/** Beside this file in the build; in the build's folder when run from the sources. */
function helperFile(): string {
  const here = dirname(realpathSync(process.argv[1] ?? '.'))
  const beside = join(here, '../helper/helper.cjs')
  return existsSync(beside) ? beside : join(here, '../../out/helper/helper.cjs')
}

// Whoever reads the output may have seen enough of it: patchbay machines | head
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

void run(process.argv.slice(2), commands, perform).then(({ stdout, stderr, code }) => {
  process.stderr.write(stderr)
  process.stdout.write(stdout)
  process.exitCode = code
})
