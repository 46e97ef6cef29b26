import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { mappedFiles } from '../../../../electron/helper/runtime/mapped-files'

/** Lines of Electron 25 in Node mode (Linux 6.18), from a folder with a space, after its library was removed; two of Python. */
const RECORDED = `
5568ccc29000-5568ceb19000 r--p 00000000 00:a3 130                        /home/dev/a folder/electron
5568ceb1a000-5568d638a000 r-xp 01ef0000 00:a3 130                        /home/dev/a folder/electron
7efd1dc74000-7efd1e683000 r--s 00000000 00:a3 131                        /home/dev/a folder/icudtl.dat
7efd21421000-7efd214a5000 r--p 00000000 00:a3 132                        /home/dev/a folder/libffmpeg.so (deleted)
7efd214a5000-7efd216ab000 r-xp 00083000 00:a3 132                        /home/dev/a folder/libffmpeg.so (deleted)
7f80273c6000-7f80273c7000 rw-s 00000000 00:01 1944                       /dev/zero (deleted)
7f80273c7000-7f80273c8000 rw-s 00000000 00:01 1943                       /memfd:shm (deleted)
7efd2183d000-7efd21841000 r--p 00000000 00:00 0                          [vvar]
7efd21843000-7efd21845000 r-xp 00000000 00:00 0                          [vdso]
`

it('finds each file once, by the name that it had', () => {
  expect(mappedFiles(RECORDED)).toEqual([
    { path: '/home/dev/a folder/electron', range: '5568ccc29000-5568ceb19000' },
    { path: '/home/dev/a folder/icudtl.dat', range: '7efd1dc74000-7efd1e683000' },
    { path: '/home/dev/a folder/libffmpeg.so', range: '7efd21421000-7efd214a5000' },
  ])
})

it('finds the program that runs, and files as they are named in map_files', () => {
  const files = mappedFiles(readFileSync('/proc/self/maps', 'utf8'))
  const paths = files.map(({ path }) => path)
  const names = readdirSync('/proc/self/map_files')
  expect(files.filter(({ range }) => !names.includes(range))).toEqual([])
  // Node of Linux on x86 is loaded where it was linked for.
  expect(
    mappedFiles('00400000-00b6f000 r--p 00000000 fe:00 330 /usr/bin/node').map(({ range }) => range),
  ).toEqual(['400000-b6f000'])
  expect(paths).toContain(process.execPath)
  expect(paths.every((path) => path.startsWith('/'))).toBe(true)
})
