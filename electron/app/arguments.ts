import { parseArgs } from 'node:util'

export interface StartArguments {
  /** libvirt URI. */
  uri: string
  /** Start in the tray, without a window. */
  hidden: boolean
}

export const DEFAULT_URI = 'qemu:///system'

/**
 * Reads the app's own arguments. Chromium's switches stand among them, so unknown ones are passed over.
 * Without `--connect` the URI is the one libvirt's own tools would use: `LIBVIRT_DEFAULT_URI`, else the system's.
 */
export function parseArguments(
  args: readonly string[],
  env: { readonly LIBVIRT_DEFAULT_URI?: string | undefined },
): StartArguments {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { connect: { type: 'string' }, hidden: { type: 'boolean' } },
  })
  const { connect, hidden } = values
  const fallback = env.LIBVIRT_DEFAULT_URI ?? ''
  const uri = typeof connect === 'string' && connect !== '' ? connect : fallback
  return { uri: uri === '' ? DEFAULT_URI : uri, hidden: hidden === true }
}
