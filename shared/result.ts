import type { Failure } from './failure'

/** A value, or the reason there is none. Crosses process boundaries, so it is plain data. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const err = (failure: Failure): Result<never> => ({ ok: false, failure })
