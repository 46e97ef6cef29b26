import { serve } from './serve'

/** The root helper: one verb, one request, one change. Its protocol is stated in shared/helper-protocol.ts. */
function main(): Promise<number> {
  cleanEnvironment()
  return serve(process.argv.slice(2), process.stdin, process.stdout, ['SIGTERM', 'SIGINT', 'SIGHUP'])
}

/** Nothing of the caller's environment, folder or file mode has a say in what root does. */
function cleanEnvironment(): void {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name)
  process.env.PATH = '/usr/sbin:/usr/bin:/sbin:/bin'
  process.env.LC_ALL = 'C'
  process.chdir('/')
  process.umask(0o077)
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exitCode = 1
  },
)
