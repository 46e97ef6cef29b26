import { homedir } from 'node:os'
import { join } from 'node:path'

/** What is built once and used by every lab: the guest's kernel and start-up disk, the workstation's root. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'patchbay-lab')
