import { expect } from 'vitest'

/** Stands for any text that contains this one. */
export const saying = (text: string): unknown => expect.stringContaining(text)
