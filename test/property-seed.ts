import fc from 'fast-check'
import { givenSeed } from './seed'

if (givenSeed !== null) fc.configureGlobal({ seed: givenSeed })
