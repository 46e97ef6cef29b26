import type { Operation } from '../../shared/world/operation'
import type { Services } from '../services/services'
import type { Answer, Io } from './command'
import { followToEnd } from './progress'

/** Follows a change of the host; Ctrl-C has it rolled back, and "Keep these settings?" is asked when it comes up. */
export async function followChange(services: Services, id: string, io: Io): Promise<Answer> {
  const stopListening = io.onInterrupt(() => {
    io.say('Interrupted: bringing the network back as it was.')
    services.revert({ operation: id })
  })
  const question = new Question(services, io)
  try {
    return await followToEnd(services, id, io, (operation) => question.follow(operation))
  } finally {
    question.close()
    stopListening()
  }
}

/** Asks once, with the seconds that are left, and takes the question back when time is up. */
class Question {
  readonly #services: Services
  readonly #io: Io
  readonly #over = new AbortController()
  #asked = false

  constructor(services: Services, io: Io) {
    this.#services = services
    this.#io = io
  }

  follow({ id, status }: Operation): void {
    if (status.state !== 'confirm' || this.#asked) return
    this.#asked = true
    const seconds = Math.round((status.until - Date.now()) / 1000)
    const question = `Keep these settings? They go back by themselves in ${seconds} seconds. [y/N] `
    void this.#io.ask(question, this.#over.signal).then((answer) => {
      if (this.#over.signal.aborted) return
      if (answer !== null && /^y(es)?$/i.test(answer.trim())) this.#services.keep({ operation: id })
      else this.#services.revert({ operation: id })
    })
  }

  close(): void {
    this.#over.abort()
  }
}
