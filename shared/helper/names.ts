import { z } from 'zod'

/**
 * A kernel link name, IFNAMSIZ - 1 = 15 bytes (include/uapi/linux/if.h), narrowed to what needs no quoting anywhere:
 * libvirt, NetworkManager and file names take it as it is.
 */
export const linkName = z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,14}$/)

/** The id of a recorded change: the time, which sorts, and four random digits. */
export const transactionId = z.string().regex(/^[0-9]{8}-[0-9]{6}-[0-9a-f]{4}$/)
