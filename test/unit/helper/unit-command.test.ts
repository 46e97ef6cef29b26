import * as fc from 'fast-check'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandIn } from '../../../electron/helper/safety-nets/pending-timers'
import { requiredMounts, startedBy, startLines } from '../../../electron/helper/safety-nets/unit-command'

const characters = ['a', 'b', ' ', '/', '\\', '"', '%', '$', "'", 'é', '{', '}', ';', '=']
const path = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...characters) })

it('reads back what it has written, whatever is in the paths', () => {
  fc.assert(
    fc.property(path, path, (runtime, script) => {
      const unit = `[Service]\n${startLines({ argv: [runtime, script], env: { A: 'b' } }, 'restore')}\n`
      expect(startedBy(unit)).toEqual([runtime, script, 'restore'])
    }),
  )
})

it('takes no other form for its own', () => {
  expect(startedBy('[Service]\n')).toBeNull()
  expect(startedBy('ExecStart=/usr/bin/node /var/lib/patchbay/helper.cjs restore')).toBeNull()
  expect(startedBy('ExecStart="/usr/bin/node" "a" "restore"\nExecStart="/bin/sh"')).toBeNull()
  expect(startedBy('ExecStart=-"/usr/bin/node" "a" "restore"')).toBeNull()
  expect(startedBy('ExecStart="/usr/bin/node" "a" "restore" ; "/bin/sh"')).toBeNull()
})

it('waits for where a link leads as well', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mounts-'))
  try {
    writeFileSync(join(folder, 'real'), '')
    symlinkSync('real', join(folder, 'node'))
    const helper = { argv: [join(folder, 'node'), '/nowhere/helper.cjs'], env: {} } as const
    expect(requiredMounts(helper)).toBe(`"${folder}/node" "${folder}/real" "/nowhere/helper.cjs"`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('reads the command of a timer from what systemctl shows', () => {
  // systemd 252.
  const shown = `ExecStart={ path=/home/dev/app/e/electron ; argv[]=/home/dev/app/e/electron /var/lib/patchbay/helper.cjs rollback ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }
Environment=ELECTRON_RUN_AS_NODE=1
`
  expect(commandIn(shown)).toEqual(['/home/dev/app/e/electron', '/var/lib/patchbay/helper.cjs', 'rollback'])
  expect(commandIn('ExecStart=\n')).toEqual([])
})
