import { describe, expect, it } from 'vitest'
import { Rerun } from '../../../electron/world/rerun'

/** A task that ends when it is told to. */
function manualTask() {
  const running: { finish: () => void; fail: (error: Error) => void }[] = []
  const task = (): Promise<void> =>
    new Promise((finish, fail) => {
      running.push({ finish, fail })
    })
  return { task, running }
}

describe('a task on demand', () => {
  it('runs once more for all demands that came while it ran', async () => {
    const { task, running } = manualTask()
    const again = new Rerun(task)
    const first = again.demand()
    const later = [again.demand(), again.demand(), again.demand()]
    expect(running).toHaveLength(1)
    running[0]?.finish()
    await first
    await expect.poll(() => running.length).toBe(2)
    running[1]?.finish()
    await Promise.all(later)
    expect(running).toHaveLength(2)
  })

  it('answers a demand only after a run that began after it', async () => {
    const { task, running } = manualTask()
    const again = new Rerun(task)
    void again.demand()
    let answered = false
    const later = again.demand().then(() => (answered = true))
    running[0]?.finish()
    await expect.poll(() => running.length).toBe(2)
    expect(answered).toBe(false)
    running[1]?.finish()
    await later
  })

  it('runs again after a failure, which only its own demand is told of', async () => {
    const { task, running } = manualTask()
    const again = new Rerun(task)
    const first = again.demand()
    const second = again.demand()
    running[0]?.fail(new Error('unlucky'))
    await expect(first).rejects.toThrow('unlucky')
    await expect.poll(() => running.length).toBe(2)
    running[1]?.finish()
    await second
  })

  it('runs no more once it is closed', async () => {
    const { task, running } = manualTask()
    const again = new Rerun(task)
    again.close()
    await again.demand()
    expect(running).toHaveLength(0)
  })
})
