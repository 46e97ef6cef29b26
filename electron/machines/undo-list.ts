import { PatchbayError, toFailure } from '../../shared/failure'
import { say } from '../../shared/phrases/phrase'

/** What puts back the changes made so far. */
export class UndoList {
  readonly #undos: (() => Promise<void>)[] = []

  /** Makes a change; `undo` is kept for when a later one fails. */
  async change(make: () => Promise<void>, undo: () => Promise<void>): Promise<void> {
    await make()
    this.#undos.unshift(undo)
  }

  /**
   * Puts everything back, newest change first.
   * @returns what to throw: the error itself when nothing had been changed yet, else `rolled-back`, or
   * `rollback-failed` when putting back failed too.
   */
  async putBack(thrown: unknown): Promise<unknown> {
    if (this.#undos.length === 0) return thrown
    const { message, ...rest } = toFailure(thrown)
    try {
      for (const undo of this.#undos) await undo()
    } catch (second) {
      const { message: why } = toFailure(second)
      return new PatchbayError(
        {
          ...rest,
          code: 'rollback-failed',
          message: say('switched-and-rest', { message, why }),
          hint: say('see-where-plugged-in-plug'),
          shellHint: say('see-where-plugged-in-with-patchbay'),
        },
        { cause: second },
      )
    }
    return new PatchbayError(
      {
        ...rest,
        code: 'rolled-back',
        message: say('sentences', { all: [message, say('plugged-in-where-it-was')] }),
      },
      { cause: thrown },
    )
  }
}
