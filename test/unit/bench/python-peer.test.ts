import { expect, it } from 'vitest'
import { PatchbayError } from '../../../shared/failure'
import { missingPythonPeer } from '../../bench/python-peer'
import type { Lab } from '../../lab/index'

/** A lab where Python finds the module, or does not, at each look. */
const labWhere = (...found: boolean[]): Lab =>
  ({
    exec: () => Promise.resolve({ code: found.shift() === true ? 0 : 1, stdout: '', stderr: 'Traceback …' }),
  }) as unknown as Lab

const asked: (readonly string[])[] = []
const installs = (packages: readonly string[]) => Promise.resolve(void asked.push(packages))

it('the peer that is there is used, and nothing is installed', async () => {
  expect(await missingPythonPeer(labWhere(true), installs)).toBeNull()
  expect(asked).toEqual([])
})

it('the peer that is missing is installed', async () => {
  expect(await missingPythonPeer(labWhere(false, true), installs)).toBeNull()
  expect(asked).toEqual([['python3-libvirt']])
})

it('the peer that can’t be installed is said in one sentence, without a trace', async () => {
  // As the lab's installer fails where Debian's packages can't be had.
  const fails = () =>
    Promise.reject(
      new PatchbayError({
        code: 'internal',
        message:
          '“sh -ec \napt-get -q update\n” ended with code 100: E: Unable to locate package python3-libvirt',
      }),
    )
  const said = await missingPythonPeer(labWhere(false), fails)
  expect(said).toContain('python3-libvirt')
  expect(said).toContain('E: Unable to locate package')
  expect(said?.split('\n')).toHaveLength(1)
})
