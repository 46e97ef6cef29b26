import { app } from 'electron'
import { languageOf, wordsIn } from '../../shared/phrases/languages'
import type { Words } from '../../shared/phrases/worded'

/** Words a text in the desktop's language, which is known once the app is ready; English before. */
export const inWords: Words = (text) => wordsIn(languageOf([app.isReady() ? app.getLocale() : 'en']))(text)
