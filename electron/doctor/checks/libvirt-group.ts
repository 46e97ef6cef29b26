import type { Check } from '../check'
import { advice, fine, fixBy, notApplicable } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** libvirt's socket is open to root and to the group `libvirt`; others are asked for a password each time. */
export const libvirtGroup: Check = {
  id: 'libvirt-group',
  title: say('permission-to-use-libvirt'),
  verdict({ user, world: { libvirt }, scope }) {
    if (scope === 'session') return notApplicable(say('user-own-libvirt-needs'))
    if (user.isRoot) return fine(say('root-may-use-libvirt'))
    const isConnected = libvirt.state === 'connected'
    switch (user.libvirtGroup) {
      case 'member':
        return fine(say('in-group-libvirt', { name: user.name }))
      case 'no-group':
        return notApplicable(say('no-group-libvirt-on-computer'))
      case 'not-yet':
        if (isConnected) return fine(say('in-group-libvirt-libvirt-answers', { name: user.name }))
        return {
          state: 'found',
          findings: [
            {
              subject: 'libvirt',
              weight: 'trouble',
              certainty: 'seen',
              problem: say('in-group-libvirt-but-session', { name: user.name }),
              reason: say('session-groups-user-had-when'),
              remedy: advice(say('sign-out-in-again')),
            },
          ],
        }
      case 'not-member':
        return {
          state: 'found',
          findings: [
            {
              subject: 'libvirt',
              weight: isConnected ? 'notice' : 'trouble',
              certainty: 'seen',
              problem: say('not-in-group-libvirt', { name: user.name }),
              reason: isConnected
                ? say('libvirt-answers-rule-polkit-may')
                : say('libvirt-socket-open-to-root'),
              remedy: fixBy({ kind: 'addition', addition: { kind: 'libvirt-group' } }),
            },
          ],
        }
    }
  },
}
