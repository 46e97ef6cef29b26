/** A name and its value, as lists of facts show them. */
export interface Fact {
  name: string
  value: string
  /** Set in the fixed-width type: addresses, MACs. */
  isCode?: boolean
  /** What it is going to be, while a cable is held over a place. */
  next?: string | undefined
}
