import type { Page } from '@playwright/test'

export interface Shot {
  query: string
  /** What to do before the picture is taken. */
  act?: (page: Page) => Promise<void>
  size?: { width: number; height: number }
}

const openChange = async (page: Page, id: string, shows: string): Promise<void> => {
  await page.getByTestId('view-host').click()
  await page.getByTestId(`change-${id}`).click()
  await page.getByTestId(shows).waitFor()
}

/** The view of this host, and what is done from there. */
export const hostShots: Record<string, Shot> = {
  host: {
    query: '',
    act: async (page) => {
      await page.getByTestId('view-host').click()
      await page.getByTestId('differences').waitFor()
    },
  },
  hosttall: {
    query: '',
    size: { width: 1240, height: 1900 },
    act: async (page) => {
      await page.getByTestId('view-host').click()
      await page.getByTestId('differences').waitFor()
    },
  },
  hostempty: { query: 'scene=nobridge', act: (page) => page.getByTestId('view-host').click() },
  hostsame: { query: '', act: (page) => openChange(page, '20261102-101500-77aa', 'no-differences') },
  hostold: { query: '', act: (page) => openChange(page, '20261028-083000-b00c', 'incomparable') },
  hostlooking: {
    query: 'compare=60000',
    act: async (page) => {
      await page.getByTestId('view-host').click()
      await page.getByTestId('comparing').waitFor()
    },
  },
  hostfails: {
    query: 'scene=comparefails',
    act: async (page) => {
      await page.getByTestId('view-host').click()
      await page.getByRole('alert').waitFor()
    },
  },
  restore: {
    query: '',
    act: async (page) => {
      await page.getByTestId('view-host').click()
      await page.getByTestId('snapshot-restore').click()
      await page.getByTestId('undo-plan').waitFor()
    },
  },
  restored: {
    query: 'pace=5',
    act: async (page) => {
      await page.getByTestId('view-host').click()
      await page.getByTestId('snapshot-restore').click()
      await page.getByTestId('bridge-undo').click()
      await page.getByTestId('bridge-result').waitFor()
    },
  },
  hoststacked: {
    query: 'scene=stacked',
    act: async (page) => {
      await page.getByTestId('view-host').click()
      await page.getByTestId('snapshot-restore').click()
      await page.getByTestId('undo-plan').waitFor()
    },
  },
  hostzoomed: {
    query: '',
    size: { width: 620, height: 1400 },
    act: async (page) => {
      await page.getByTestId('view-host').click()
      await page.getByTestId('differences').waitFor()
    },
  },
}
