import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'

const inPage = new URL('whole-in-page.mjs', import.meta.url)

async function ask(page: Page, question: string): Promise<string[]> {
  await page.evaluate(await readFile(inPage, 'utf8'))
  return page.evaluate<string[]>(question)
}

/**
 * What of the window a person can't see whole or can't reach, a line each: something to press that can't be scrolled wholly
 * into the window, or is covered there; text that is cut or spills over; a region that scrolls sideways although it is no
 * table of the host and no file's lines.
 */
export const cutOff = (page: Page): Promise<string[]> => ask(page, 'findCutOff()')

/** What of the way out (router, this host) is not in sight without scrolling. */
export const outOfSight = (page: Page): Promise<string[]> => ask(page, 'findOutOfSight()')
