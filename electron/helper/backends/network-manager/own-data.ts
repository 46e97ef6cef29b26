import { z } from 'zod'
import type { Change } from '../../change/change'

/** What this backend records of a change. */
export interface OwnData {
  /** The NIC's profile before the change. */
  original: { uuid: string; id: string; file: string | null }
  /** UUIDs of the two profiles that were added. */
  profiles: { bridge: string; port: string }
}

const ownData: z.ZodType<OwnData> = z.object({
  original: z.object({ uuid: z.string(), id: z.string(), file: z.string().nullable() }),
  profiles: z.object({ bridge: z.string(), port: z.string() }),
})

/** Throws a `ZodError` when the record was tampered with or is damaged. */
export const ownDataOf = ({ own }: Change): OwnData => ownData.parse(own)
