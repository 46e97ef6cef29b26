import { expect, it } from 'vitest'
import { preferredLanguages } from '../../../electron/cli/language'

it.each([
  [{ LANG: 'es_ES.UTF-8' }, ['es-ES']],
  [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'es_MX.UTF-8' }, ['es-MX']],
  [{ LANG: 'es_ES.UTF-8', LC_ALL: 'C' }, []],
  [{ LANG: 'es_ES.UTF-8', LC_ALL: '' }, ['es-ES']],
  [{ LANG: 'de_DE', LANGUAGE: 'es:en' }, ['es', 'en', 'de-DE']],
  [{ LANG: 'C.UTF-8', LANGUAGE: 'es' }, []],
  [{ LANG: 'ca_ES@valencia' }, ['ca-ES']],
  [{}, []],
])('the environment %j asks for %j', (environment, expected) => {
  expect(preferredLanguages(environment)).toEqual(expected)
})
