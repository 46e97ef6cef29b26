import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { z } from 'zod'

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const outcome = z.object({
  violations: z.array(
    z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
})

/** WCAG 2.2 A and AA as far as axe-core can tell; answers with one line per fault. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(source, 'utf8'))
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const run = `axe.run(document, { runOnly: ${JSON.stringify(tags)} })`
  const { violations } = outcome.parse(await page.evaluate<unknown>(run))
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
}
