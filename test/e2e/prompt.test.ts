import { expect, test } from '@playwright/test'
import { startFullLab } from '../lab/full'
import { launchApp } from './app'
import { hostState } from '../lab/host-state'
import { atTheDesk } from './place'

test('a dismissed password prompt leads back to the plan, and nothing is changed', async () => {
  const lab = await startFullLab()
  const agent = await lab.polkitAgent({ mode: 'dismiss' })
  const { page, close } = await launchApp({ place: await atTheDesk(lab) })
  try {
    const before = await hostState(lab)
    await page.getByTestId('network-lan-missing').click()
    await page.getByTestId('bridge-make').click()
    await expect(page.getByTestId('bridge-plan').getByRole('alert')).toBeVisible({ timeout: 20_000 })
    expect(agent.log()).toEqual(['asked org.freedesktop.policykit.exec', 'dismissed'])
    await expect(page.getByTestId('bridge-make')).toBeEnabled()
    expect(await hostState(lab)).toEqual(before)
  } finally {
    await close()
    await lab.close()
  }
})
