import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Sample {
  name: string
  xml: string
}

const folder = (kind: string): string => fileURLToPath(new URL(`samples/${kind}/`, import.meta.url))

const samplesOf = (kind: string): Sample[] =>
  readdirSync(folder(kind)).map((file) => ({
    name: file.replace(/\.xml$/, ''),
    xml: readFileSync(folder(kind) + file, 'utf8'),
  }))

/** Own `<network>` and `<domain>` documents, each odd in another way and named for it. */
export const NETWORK_SAMPLES = samplesOf('networks')
export const DOMAIN_SAMPLES = samplesOf('domains')
