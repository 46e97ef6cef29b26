import type { Reach } from '../../shared/reach/reach'
import { t } from '../text'

/** A verdict in a few words, for a narrow column; a yes that waits for the machine to run says so. */
export function reachText(
  { answer, reason: { code } }: Reach,
  when: 'now' | 'when-it-runs' | 'moving',
): string {
  const words = t.reach.short
  if (when === 'moving') return words.moving
  if (answer !== 'yes') return words.reasons[code] ?? words[answer]
  const yes = when === 'now' ? words.yes : words.whenItRuns
  const how = words.reasons[code]
  return how === undefined ? yes : `${yes}, ${how}`
}
