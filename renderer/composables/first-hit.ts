import { nextTick } from 'vue'
import { useNoticesStore } from '../stores/notices'
import { useViewStore } from '../stores/view'
import { t } from '../text'

/** Machines before networks, each in the order in which its view shows them. */
const HITS = ['[data-machine]', '[data-place]:not([data-place="lan-missing"])']

/** Goes from the search field to the first thing that it has left on display: picks it, and gives it the focus. */
export function useFirstHit(): () => void {
  const view = useViewStore()
  const notices = useNoticesStore()

  return () => {
    const main = document.querySelector('main')
    const [hit] = HITS.flatMap((one) => main?.querySelector<HTMLElement>(one) ?? [])
    if (hit === undefined) {
      notices.say(t.frame.nothingFound(view.query.trim()))
      return
    }
    const { machine, place } = hit.dataset
    if (machine !== undefined) view.pickMachine(machine)
    else if (place !== undefined) view.pickPlace(place)
    void nextTick(() => hit.focus())
  }
}
