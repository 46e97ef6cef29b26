import { PatchbayError } from '../../../shared/failure'
import {
  isSameAddition,
  type AdditionOf,
  type HostAddition,
  type RecordedAddition,
} from '../../../shared/helper/host-addition'
import type { Services } from '../../services/services'
import { positional, type Answer, type Command, type Io } from '../command'
import { table } from '../table'
import { followToEnd } from '../progress'

type Recorded<K extends HostAddition['kind']> = RecordedAddition & { addition: AdditionOf<K> }

const isOfKind =
  <K extends HostAddition['kind']>(kind: K) =>
  (one: RecordedAddition): one is Recorded<K> =>
    one.addition.kind === kind

/** Adding and taking away need nothing but the services themselves. */
export const openForAdditions = (io: Io): Promise<Services> =>
  io.open({ look: { libvirt: false, host: false, records: false }, follow: false })

/** Has something added to this computer, and tells what was recorded of it. */
export async function addToHost(services: Services, addition: HostAddition, io: Io): Promise<Answer> {
  const { document, text } = await followToEnd(services, services.addToHost({ addition }), io)
  const added = (await services.additions().list()).find((one) => isSameAddition(one.addition, addition))
  return { document: { ...document, added }, text }
}

/** The commands that list, and that take away, the additions of one kind. */
export function listAndRemove<K extends HostAddition['kind']>(
  word: string,
  kind: K,
  words: {
    what: string
    headings: readonly string[]
    row: (addition: AdditionOf<K>) => readonly string[]
  },
): readonly Command[] {
  const ofKind = isOfKind(kind)
  return [
    {
      words: [word, 'list'],
      positionals: [],
      options: {},
      summary: `${words.what}; needs no root`,
      details: [],
      run: async (_input, io) => {
        const additions = (await (await openForAdditions(io)).additions().list()).filter(ofKind)
        const rows = additions.map(({ id, addition }) => [id, ...words.row(addition)])
        const text = rows.length === 0 ? 'There is none.' : table(['ID', ...words.headings], rows)
        return { document: { additions }, text }
      },
    },
    {
      words: [word, 'remove'],
      positionals: ['ID'],
      options: {},
      summary: `take one away again, by its id from “${word} list”`,
      details: [],
      run: async (input, io): Promise<Answer> => {
        const id = positional(input, 0)
        const services = await openForAdditions(io)
        const found = (await services.additions().list()).find((one) => one.id === id && ofKind(one))
        if (found === undefined) {
          throw new PatchbayError({
            code: 'not-found',
            message: `There is no ${word} ${id}.`,
            hint: `See: patchbay ${word} list`,
          })
        }
        const operation = await services.removeFromHost({ addition: id })
        const { document, text } = await followToEnd(services, operation, io)
        return { document: { ...document, removed: found }, text }
      },
    },
  ]
}
