import { StringDecoder } from 'node:string_decoder'

/** Cuts a stream of bytes into lines; a line longer than `maxLength` characters is dropped and told of as null. */
export class LineSplitter {
  readonly #maxLength: number
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''
  #dropping = false

  constructor(maxLength: number) {
    this.#maxLength = maxLength
  }

  /** The lines completed by these bytes, without their ends. */
  push(chunk: Buffer): (string | null)[] {
    const [first = '', ...more] = this.#decoder.write(chunk).split('\n')
    const pieces = [this.#rest + first, ...more]
    this.#rest = pieces.pop() ?? ''
    const lines = pieces.flatMap((line) => this.#complete(line))
    if (this.#rest.length > this.#maxLength) {
      if (!this.#dropping) lines.push(null)
      this.#dropping = true
      this.#rest = ''
    }
    return lines
  }

  /** What came after the last line end: a line that was cut off. */
  get rest(): string {
    return this.#rest
  }

  #complete(line: string): (string | null)[] {
    const tail = this.#dropping
    this.#dropping = false
    if (tail) return []
    return [line.length > this.#maxLength ? null : line]
  }
}
