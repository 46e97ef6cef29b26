import { expect as usual, type Page } from '@playwright/test'
import type { Guest, Lab } from '../lab/index'
import { hostState } from '../lab/host-state'

/** The workstation, the machine to move, and the app that a person works with. */
export interface MainJobScene {
  lab: Lab
  guest: Guest
  page: Page
  /** How often a password was asked for so far; null where nobody asks root. */
  prompts: () => number | null
  /** Called before each step with its name, and after it with what was observed. */
  report: (line: { step: string; observed: string | null }) => void
  /** Keeps a picture of the window, named after the step. */
  shoot: (name: string) => Promise<void>
}

/** A guest is emulated on the same processors: the window gets its time to follow. */
const expect = usual.configure({ timeout: 15_000 })

/** Milliseconds for a change of the host with its checks. */
const HOST_CHANGE = 60_000
/** Milliseconds for a switch and the guest's new address. */
const SWITCH = 40_000

/**
 * What Patchbay is for, the way a person does it: makes the bridge, moves a running machine from NAT to the LAN and
 * back, and undoes the bridge. Everything is checked from outside the app as well.
 * @throws when a step does not end as it should
 */
export async function mainJob(scene: MainJobScene): Promise<void> {
  const { lab } = scene
  const before = await hostState(lab)
  await step(scene, 'See the machine behind NAT', () => seeMachine(scene))
  await step(scene, 'Make the bridge br0', () => makeBridge(scene))
  await step(scene, 'Move the machine to the LAN', () => moveToLan(scene))
  await step(scene, 'Move the machine back behind NAT', () => moveToNat(scene))
  await step(scene, 'Undo the bridge', () => undoBridge(scene))
  await step(scene, 'Find the host as it was', async () => {
    expect(await hostState(lab)).toEqual(before)
    return 'configuration files, addresses and routes are what they were'
  })
}

async function step(scene: MainJobScene, name: string, work: () => Promise<string>): Promise<void> {
  scene.report({ step: name, observed: null })
  scene.report({ step: name, observed: await work() })
}

async function seeMachine({ page, guest, shoot }: MainJobScene): Promise<string> {
  const address = await guest.waitForAddress((ip) => ip.startsWith('192.168.122.'))
  await page.getByTestId(`machine-${guest.name}`).click()
  await expect(page.getByTestId('switch-nat')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId(`machine-${guest.name}`)).toContainText(address)
  await shoot('1-behind-nat')
  return `${guest.name} has ${address} from libvirt`
}

async function makeBridge({ page, lab, prompts, shoot }: MainJobScene): Promise<string> {
  const asked = prompts()
  await page.getByTestId('network-lan-missing').click()
  await expect(page.getByTestId('bridge-plan')).toBeVisible()
  await shoot('2-plan-of-the-bridge')
  await page.getByTestId('bridge-make').click()
  await endOfHostChange(page)
  await shoot('3-bridge-made')
  await page.getByTestId('bridge-close').click()
  const link = await lab.exec(['ip', '-br', 'addr', 'show', 'dev', 'br0'])
  expect(link.stdout).toMatch(/^br0 +UP +10\.77\.0\.\d+\/24/)
  const address = / (10\.77\.0\.\d+)/.exec(link.stdout)?.[1] ?? ''
  expect(await lab.lanHost.ping(address)).toBe(true)
  return `br0 has ${address} and a LAN host reaches it; ${passwords(asked, prompts())}`
}

async function moveToLan({ page, lab, guest, shoot }: MainJobScene): Promise<string> {
  await page.getByTestId(`machine-${guest.name}`).click()
  await page.getByTestId('switch-lan').click()
  const address = await guest.waitForAddress((ip) => ip.startsWith('10.77.0.'), SWITCH)
  await expect(page.getByTestId('move-result')).toBeVisible({ timeout: SWITCH })
  await expect(page.getByTestId('switch-lan')).toHaveAttribute('aria-pressed', 'true')
  expect(await lab.lanHost.ping(address)).toBe(true)
  await shoot('4-on-the-lan')
  return `${guest.name} has ${address} from the router, and a LAN host pings it`
}

async function moveToNat({ page, guest, shoot }: MainJobScene): Promise<string> {
  await page.getByTestId('switch-nat').click()
  const address = await guest.waitForAddress((ip) => ip.startsWith('192.168.122.'), SWITCH)
  await expect(page.getByTestId('switch-nat')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('move-running')).toBeHidden({ timeout: SWITCH })
  await expect(page.getByTestId('move-result')).toBeVisible()
  await shoot('5-behind-nat-again')
  return `${guest.name} has ${address} from libvirt again`
}

async function undoBridge({ page, prompts, shoot }: MainJobScene): Promise<string> {
  const asked = prompts()
  await page.getByTestId('undo-bridge').click()
  await expect(page.getByTestId('undo-plan')).toBeVisible()
  await shoot('6-before-the-undo')
  await page.getByTestId('bridge-undo').click()
  await endOfHostChange(page)
  await shoot('7-bridge-undone')
  await page.getByTestId('bridge-close').click()
  await expect(page.getByTestId('network-lan-missing')).toBeVisible()
  return `br0 is gone; ${passwords(asked, prompts())}`
}

/** Waits for the result of a change of the host and fails with the app's own words when it went wrong. */
export async function endOfHostChange(page: Page): Promise<void> {
  const result = page.getByTestId('bridge-result')
  const refusal = page.getByTestId('bridge-refused')
  await expect(result.or(refusal)).toBeVisible({ timeout: HOST_CHANGE })
  const alert = page.getByTestId('bridge-sheet').getByRole('alert')
  if (await alert.isVisible()) throw new Error(`The app says: ${await alert.innerText()}`)
}

function passwords(before: number | null, after: number | null): string {
  if (before === null || after === null) return 'as root nobody is asked'
  expect(after - before).toBe(1)
  return 'one password was asked for'
}
