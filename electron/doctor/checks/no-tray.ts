import type { Check } from '../check'
import { advice, fine, notApplicable } from '../verdicts'

/** Status icons are shown by a host of its own (freedesktop.org, StatusNotifierItem), which GNOME leaves out. */
export const noTray: Check = {
  id: 'no-tray',
  title: 'The desktop shows status icons',
  verdict({ desktop }) {
    if (!desktop.isGraphical) return notApplicable('There is no desktop in this session.')
    if (desktop.showsStatusIcons) return fine('It does.')
    return {
      state: 'found',
      findings: [
        {
          subject: 'tray',
          weight: 'notice',
          certainty: 'seen',
          problem: 'This desktop shows no status icons.',
          reason: 'Patchbay works without one: closing its window then ends it.',
          remedy: advice('On GNOME install the extension AppIndicator Support.'),
        },
      ],
    }
  },
}
