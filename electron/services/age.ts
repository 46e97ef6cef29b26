import { say, type Phrase } from '../../shared/phrases/phrase'
const UNITS = [
  { word: 'days', seconds: 86_400 },
  { word: 'h', seconds: 3600 },
  { word: 'min', seconds: 60 },
  { word: 's', seconds: 1 },
] as const

/** How long ago a moment was, in one rounded-down unit: `seen just now`, `seen 12 s ago`, `seen 3 min ago`. Both in milliseconds since 1970. */
export function agePhrase(moment: number, now: number): Phrase {
  const seconds = Math.floor(Math.max(0, now - moment) / 1000)
  const unit = UNITS.find((one) => seconds >= one.seconds)
  return seconds < 3 || unit === undefined
    ? say('seen-just-now')
    : say('seen-ago', { count: Math.floor(seconds / unit.seconds), unit: unit.word })
}
