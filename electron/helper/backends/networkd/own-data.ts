import { z } from 'zod'
import type { Change } from '../../change/change'

/** What is recorded of a change: the files, and whether the network came by DHCP. */
const ownData = z.object({
  original: z.string(),
  paths: z.object({ netdev: z.string(), bridge: z.string(), port: z.string() }),
  leased: z.boolean(),
})
export type OwnData = z.infer<typeof ownData>

export const ownDataOf = ({ own }: Change): OwnData => ownData.parse(own)
