import { expect, it } from 'vitest'
import { instanceFolder, wantsWindow } from '../../../electron/app/instance'

it('the usual connection keeps the usual settings, every other one has its own', () => {
  const others = ['qemu:///session', 'qemu+ssh://root:secret@lab/system'].map(instanceFolder)
  expect(instanceFolder('qemu:///system')).toBeNull()
  expect(new Set(others).size).toBe(2)
  for (const folder of others) expect(folder).toMatch(/^[0-9a-f]{16}$/)
})

it('a second start shows the window unless it is to stay in the tray', () => {
  expect([{ hidden: true }, { hidden: false }, null, undefined, 'nonsense'].map(wantsWindow)).toEqual([
    false,
    true,
    true,
    true,
    true,
  ])
})
