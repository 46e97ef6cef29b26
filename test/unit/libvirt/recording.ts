import { readFileSync, writeFileSync } from 'node:fs'

/**
 * A recorded conversation with a real daemon: what the client sent and what came back, packet by packet.
 * Stored as text: `# comment`, then `> hex` for a call and `< hex` for what the daemon sent, in order.
 */
export interface Recording {
  comment: string
  packets: readonly RecordedPacket[]
}

export interface RecordedPacket {
  from: 'client' | 'daemon'
  bytes: Buffer
}

const fileOf = (name: string): URL => new URL(`fixtures/${name}.hex`, import.meta.url)

export function loadRecording(name: string): Recording {
  const lines = readFileSync(fileOf(name), 'utf8').split('\n').filter(Boolean)
  const comment = lines.filter((line) => line.startsWith('#')).join('\n')
  const packets = lines
    .filter((line) => !line.startsWith('#'))
    .map((line): RecordedPacket => ({
      from: line.startsWith('>') ? 'client' : 'daemon',
      bytes: Buffer.from(line.slice(1).replaceAll(' ', ''), 'hex'),
    }))
  return { comment, packets }
}

/** Writes a recording; each packet is one line, its header words set apart. */
export function saveRecording(name: string, { comment, packets }: Recording): void {
  const lines = packets.map(({ from, bytes }) => {
    const header = bytes.subarray(0, 28).toString('hex').replace(/.{8}/g, '$& ')
    return `${from === 'client' ? '>' : '<'} ${header}${bytes.subarray(28).toString('hex')}`.trimEnd()
  })
  writeFileSync(fileOf(name), `# ${comment}\n${lines.join('\n')}\n`)
}
