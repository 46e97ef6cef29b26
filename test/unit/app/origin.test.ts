import { expect, it } from 'vitest'
import { assetPath } from '../../../electron/app/origin'

it('serves the page and what lies beside it', () => {
  expect(assetPath('app://patchbay/')).toBe('index.html')
  expect(assetPath('app://patchbay/index.html')).toBe('index.html')
  expect(assetPath('app://patchbay/assets/index-CSoYRi7D.js?v=1#top')).toBe('assets/index-CSoYRi7D.js')
})

it.each([
  'app://patchbay/../main/main.cjs',
  'app://patchbay/%2e%2e/main/main.cjs',
  'app://patchbay/assets/..%2f..%2fmain.cjs',
  'app://patchbay//etc/passwd',
  'app://patchbay/.sources',
  'app://elsewhere/index.html',
  'file:///etc/passwd',
  'https://patchbay/index.html',
  'app://patchbay.example/index.html',
  '',
])('does not serve %s', (url) => {
  expect(assetPath(url)).toBeNull()
})
