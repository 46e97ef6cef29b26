import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { z } from 'zod'
import { ended, note, within } from './command'
import type { Lab } from './types'
import { projectFolder } from './workstation'

/** A TCP connection that is in use while the network changes under it. */
export interface Transfer {
  /** Ends it in order. Throws when the connection broke, or when what arrived is not what was sent. */
  end(): Promise<{ bytes: number; pauseMs: number }>
}

const script = join(projectFolder, 'test/lab/transfer-end.mjs')
const result = z.object({ bytes: z.number(), sha256: z.string(), pauseMs: z.number().default(0) })
const minutes = 60_000

/** Starts sending from the workstation, which the LAN host reaches at `address`, to the LAN host. */
export async function startTransfer(lab: Lab, address: string): Promise<Transfer> {
  const sender = lab.spawn([process.execPath, script, 'send'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const code = ended(sender)
  const { stdin, stdout } = sender
  if (!stdin || !stdout) throw new Error('the sender was started without pipes')
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const nextLine = async (): Promise<string> => {
    const line: IteratorResult<string> = await lines.next()
    if (line.done) throw new Error(`the sender ended with code ${await code}`)
    return line.value
  }
  const port = await within(10_000, 'Starting the sender', nextLine())
  const receiver = lab.lanHost.exec([process.execPath, script, 'receive', address, port], {
    timeoutMs: 5 * minutes,
  })
  // Whoever ends the transfer is told of its failure; until then nobody listens.
  receiver.catch((error: unknown) => note(`the transfer failed: ${String(error)}`))
  return {
    async end() {
      stdin.end()
      // A connection that was down for long is tried again after as long once more.
      const sent = result.parse(JSON.parse(await within(minutes, 'The end of the transfer', nextLine())))
      const { pauseMs, ...received } = result.parse(JSON.parse((await receiver).stdout))
      if (received.bytes !== sent.bytes || received.sha256 !== sent.sha256) {
        throw new Error(`${sent.bytes} bytes were sent, ${received.bytes} arrived, or others than were sent`)
      }
      note(`${sent.bytes} bytes went over, with a longest pause of ${pauseMs} ms`)
      return { bytes: sent.bytes, pauseMs }
    },
  }
}
