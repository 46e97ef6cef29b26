import type { HostAddition } from '../../../shared/helper/host-addition'

/** What an addition must know to be taken away again: names and values from before, recorded for root alone. */
export type Before = Readonly<Record<string, string>>

/** One addition with its id, which marks what belongs to it, and what was before it. */
export interface Added<A extends HostAddition> {
  id: string
  addition: A
  before: Before
}

/**
 * How one kind of addition is made and taken away. Methods, so that those of all kinds can be held together.
 * Each may be interrupted anywhere: `apply` can be done again, and `revert` takes back whatever part of it there is.
 */
export interface AdditionKind<A extends HostAddition> {
  /** Whether it outlives a restart of the computer by itself, or has no meaning after it; the others are applied again. */
  readonly lasting: boolean
  /** Looks at the host; changes nothing. @throws PatchbayError `refused`, `not-found`, `unsupported` */
  check(addition: A, id: string): Promise<Before>
  apply(added: Added<A>): Promise<void>
  revert(added: Added<A>): Promise<void>
  inForce(added: Added<A>): Promise<boolean>
}
