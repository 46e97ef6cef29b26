import { z } from 'zod'
import type { Phrase, Text } from './phrase'

const phrase: z.ZodType<Phrase> = z.lazy(() =>
  z.strictObject({
    // A code of a later version is kept, and shown as it is.
    say: z.string().max(100) as unknown as z.ZodType<Phrase['say']>,
    with: z.record(z.string().max(100), filling).exactOptional(),
  }),
)

const filling = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), phrase, z.array(z.union([z.string(), phrase]))]),
)

/** A text from another process or an older record, which may be words already. */
export const text: z.ZodType<Text> = z.union([z.string(), phrase])
