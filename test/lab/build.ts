import { build } from '../../scripts/build.mjs'

/** Builds the app, the command line and the helper once before any test in the lab; nothing to do when they are current. */
export async function setup(): Promise<void> {
  await build()
}
