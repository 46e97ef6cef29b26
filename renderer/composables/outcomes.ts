import { watch } from 'vue'
import { isEnded, type Operation } from '../../shared/world/operation'
import { attachmentInSentence } from '../model/words'
import { useNoticesStore } from '../stores/notices'
import { useOperationsStore } from '../stores/operations'
import { useViewStore } from '../stores/view'
import { useWorldStore } from '../stores/world'
import { t, inWords } from '../text'

/**
 * Says how each operation ended: results to the screen reader, failures as a message on the screen unless
 * the inspector shows them anyway. Bridge operations speak for themselves in their sheet. What had ended before the window opened is not news.
 */
export function useOutcomes(): void {
  const operations = useOperationsStore()
  const worldStore = useWorldStore()
  const notices = useNoticesStore()
  const view = useViewStore()
  let told: Set<string> | null = null

  watch(
    () => operations.all,
    (all) => {
      const ended = all.filter(isEnded)
      if (told !== null) for (const operation of ended) if (!told.has(operation.id)) tell(operation)
      told = new Set(ended.map(({ id }) => id))
    },
  )

  function tell({ subject, status }: Operation): void {
    if (subject.kind === 'connect') {
      const machine = worldStore.machine(subject.machine)?.name ?? subject.mac
      if (status.state === 'failed') {
        const isShown = view.machine?.id === subject.machine && view.nic?.mac === subject.mac
        if (isShown) notices.say(`${t.machines.said.failed(machine)}. ${inWords(status.failure.message)}`)
        else notices.fail(t.machines.said.failed(machine), status.failure)
      } else if (status.state === 'done' && status.result.kind === 'connected') {
        const { after, address } = status.result
        notices.say(
          t.machines.said.moved(machine, attachmentInSentence(after, worldStore.places), address?.ip ?? null),
        )
      }
    } else if (subject.kind === 'replug') {
      const machine = worldStore.machine(subject.machine)?.name ?? subject.mac
      if (status.state === 'failed') notices.fail(t.machines.said.pullFailed(machine), status.failure)
      else if (status.state === 'done' && status.result.kind === 'replugged') {
        notices.say(t.machines.said.pulled(machine, status.result.address?.ip ?? null))
      }
    } else if (subject.kind === 'network') {
      const name = subject.network.replace(/^network:/, '')
      if (status.state === 'failed') notices.fail(t.networks.failed(name), status.failure)
      else notices.say(t.networks.said[subject.action](name))
    } else if (subject.kind === 'addition') {
      if (status.state === 'failed') notices.fail(t.additions.failed, status.failure)
      else notices.say(t.additions.done)
    } else if (subject.kind === 'doctor') {
      const words = t.health
      if (status.state === 'failed') {
        notices.fail(subject.act === 'fix' ? words.failed : words.undoFailed, status.failure)
      } else notices.say(subject.act === 'fix' ? words.done : words.undone)
    }
  }
}
