import type { Readable } from 'node:stream'

export interface LineListener {
  /** A line without its end; null when it is not UTF-8. The last one may have no end. */
  line: (text: string | null) => void
  /** More bytes than a line may have came without a line end. Nothing is heard after it. */
  tooLong: () => void
  /** No more comes: the other end was closed, or reading failed. Called once. */
  end: () => void
}

const LINE_END = 0x0a

/**
 * Reads lines, of which none may have more than `maxBytes`. Only a line feed ends one: readline has more line ends than
 * JSON lines do, keeps what is too long, and throws when reading fails. Returns what stops listening.
 */
export function readLines(input: Readable, maxBytes: number, listener: LineListener): () => void {
  let pieces: Buffer[] = []
  let length = 0
  let over = false

  const take = (chunk: Buffer): void => {
    let start = 0
    while (!over) {
      const lineEnd = chunk.indexOf(LINE_END, start)
      const piece = chunk.subarray(start, lineEnd === -1 ? chunk.length : lineEnd)
      length += piece.length
      if (length > maxBytes) {
        stop()
        listener.tooLong()
        return
      }
      pieces.push(piece)
      if (lineEnd === -1) return
      complete()
      start = lineEnd + 1
    }
  }
  const complete = (): void => {
    const line = Buffer.concat(pieces)
    pieces = []
    length = 0
    listener.line(decoded(line))
  }
  const end = (): void => {
    if (over) return
    if (length > 0) complete()
    stop()
    listener.end()
  }
  const stop = (): void => {
    over = true
    input.off('data', take).off('end', end).off('close', end)
    input.destroy()
  }

  input.on('data', take).on('end', end).on('close', end)
  // Stays when nobody listens any more: an error without a listener would end the process.
  input.on('error', end)
  return stop
}

/** Without replacing anything: a request that is not what it seems is none. */
function decoded(line: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line)
  } catch {
    return null
  }
}
