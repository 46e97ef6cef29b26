import { startFullLab } from '../lab/full'
import { launchApp } from './app'
import { mainJob, type MainJobScene } from './main-job-steps'
import { pictures } from './pictures'
import { atTheDesk } from './place'

/**
 * Plays the main job in a full lab of its own: the app runs there as an unprivileged user, whose prompts for the password
 * are answered and counted.
 * @returns the folder with a picture of each step, light and dark
 */
export async function playMainJob(report: MainJobScene['report']): Promise<string> {
  const lab = await startFullLab()
  try {
    const agent = await lab.polkitAgent()
    const guest = await lab.addGuest('web01')
    const running = await launchApp({ place: await atTheDesk(lab) })
    try {
      const { folder, shoot } = await pictures(running.page, 'main-job')
      try {
        await mainJob({ lab, guest, page: running.page, prompts: () => agent.count(), report, shoot })
      } catch (error) {
        await shoot('where-it-failed')
        throw error
      }
      return folder
    } finally {
      await running.close()
    }
  } finally {
    await lab.close()
  }
}
