import { connect } from 'node:net'
import { PatchbayError } from '../../shared/failure'

export interface GuestExec {
  code: number
  output: string
}

/**
 * Runs a command line in a guest's shell on its second serial line, one at a time. The guest may still be starting:
 * what is written waits in QEMU until the shell reads it.
 */
export function runInGuest(socket: string, command: string, timeoutMs = 30_000): Promise<GuestExec> {
  return new Promise((resolve, reject) => {
    const line = connect(socket)
    let said = ''
    const settle = (how: () => void): void => {
      clearTimeout(timer)
      line.destroy()
      how()
    }
    const timer = setTimeout(() => {
      const message = `The guest did not end “${command}” within ${timeoutMs / 1000} s; it said: ${said}`
      settle(() => reject(new PatchbayError({ code: 'timeout', message })))
    }, timeoutMs)
    line.on('error', (error) => settle(() => reject(error)))
    line.setEncoding('utf8').on('data', (text: string) => {
      said += text
      // In two parts in the command, so that an echo of it is no end.
      const end = /^([\s\S]*)lab-end (\d+)\r?\n/.exec(said)
      if (end) settle(() => resolve({ code: Number(end[2]), output: end[1] ?? '' }))
    })
    line.write(`( ${command} ) </dev/null 2>&1; echo lab-"end $?"\n`)
  })
}
