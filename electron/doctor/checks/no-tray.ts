import type { Check } from '../check'
import { advice, fine, notApplicable } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** Status icons are shown by a host of its own (freedesktop.org, StatusNotifierItem), which GNOME leaves out. */
export const noTray: Check = {
  id: 'no-tray',
  title: say('desktop-shows-status-icons'),
  verdict({ desktop }) {
    if (!desktop.isGraphical) return notApplicable(say('no-desktop-in-session'))
    if (desktop.showsStatusIcons) return fine(say('it-does'))
    return {
      state: 'found',
      findings: [
        {
          subject: 'tray',
          weight: 'notice',
          certainty: 'seen',
          problem: say('desktop-shows-no-status-icons'),
          reason: say('patchbay-works-without-closing-window'),
          remedy: advice(say('on-gnome-install-extension-appindicator')),
        },
      ],
    }
  },
}
