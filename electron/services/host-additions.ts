import { PatchbayError } from '../../shared/failure'
import { PROTOCOL_VERSION } from '../../shared/helper/protocol'
import { type HostAddition, isSameAddition, type RecordedAddition } from '../../shared/helper/host-addition'
import { readAdditions } from '../host/records/additions'
import type { HelperRequest, HelperRun } from './helper-process'
import { say } from '../../shared/phrases/phrase'

/** Small things that Patchbay adds to this computer; each change is one run of the root helper, looking needs none. */
export class HostAdditions {
  readonly #runHelper: (request: HelperRequest) => HelperRun

  constructor(runHelper: (request: HelperRequest) => HelperRun) {
    this.#runHelper = runHelper
  }

  /** Those in force, newest first. */
  list(): Promise<RecordedAddition[]> {
    return readAdditions()
  }

  /** Adds it; the same one twice is one. @throws PatchbayError `refused`, `not-permitted`, `rolled-back`, … */
  async add(addition: HostAddition): Promise<RecordedAddition> {
    const additions = await this.#run({ verb: 'add', request: { version: PROTOCOL_VERSION, addition } })
    const added = additions.find((one) => isSameAddition(one.addition, addition))
    if (added !== undefined) return added
    throw new PatchbayError({ code: 'protocol', message: say('helper-did-not-list-added') })
  }

  /** Takes one away again, by its id; returns those left. @throws PatchbayError `not-found`, `not-permitted`, … */
  remove(id: string): Promise<readonly RecordedAddition[]> {
    return this.#run({ verb: 'remove', request: { version: PROTOCOL_VERSION, addition: id } })
  }

  async #run(request: Pick<HelperRequest, 'verb' | 'request'>): Promise<readonly RecordedAddition[]> {
    const end = await this.#runHelper({ ...request, onEvent: () => undefined }).ended
    if (end.event === 'additions') return end.additions
    if (end.event === 'failed') throw new PatchbayError(end.failure)
    throw new PatchbayError({ code: 'protocol', message: say('helper-answered-another-question') })
  }
}
