import type { Conclusion, ProbeGap, Sent } from '../../reach/probe'
import type { Reach, ReachCode } from '../../reach/reach'

const answers: Record<Reach['answer'], string> = { yes: 'yes', no: 'no', unknown: 'not known' }

/** Each is told the network, link, subnet or machine it is about. */
const reasons: Record<ReachCode, (on: string) => string> = {
  itself: (on) => `${on} reaches itself`,
  'same-segment': (on) => `Both are plugged into ${on}`,
  'host-address': (on) => `This host has an address on ${on}`,
  'on-lan': (on) => `Directly on the LAN, through ${on}`,
  'by-nat': (on) => `This host passes it on through ${on}, behind its own address (NAT)`,
  'by-host': (on) => `This host routes it to ${on}`,
  'host-access': (on) => `By the host access link ${on}`,
  'machine-off': (on) => `${on} does not run`,
  'machine-paused': (on) => `${on} is paused`,
  'no-nic': (on) => `${on} has no network card`,
  'not-plugged': (on) => `The network card of ${on} comes with the next start`,
  'cable-cut': (on) => `The cable of ${on} is cut: its link is set down`,
  'tap-elsewhere': (on) => `The cable ${on} has come out of its bridge`,
  'network-missing': (on) => `There is no network ${on}`,
  'network-stopped': (on) => `${on} is stopped`,
  'nobody-into-nat': (on) => `${on} is NAT: libvirt lets nobody in from outside`,
  isolated: (on) => `${on} is isolated: libvirt lets nothing in or out`,
  'no-host-address': (on) => `This host has no address on ${on}`,
  'other-way-out': (on) => `${on} may only go out through another link of this host`,
  'isolated-ports': (on) => `${on} keeps its machines apart from each other`,
  'macvtap-apart': (on) => `Macvtap on ${on}: the kernel keeps this host and the machine apart`,
  'macvtap-private': (on) => `Macvtap on ${on} in mode private keeps machines apart`,
  'macvtap-vepa': (on) =>
    `Macvtap on ${on} in mode vepa: only a switch that sends frames back (hairpin) joins them`,
  'macvtap-alone': (on) => `Macvtap on ${on} in mode passthrough belongs to one machine alone`,
  'no-host-route': (on) => `This host has no route to the machine by ${on}`,
  'no-way-out': (on) => `${on} has no port that leads further`,
  'no-uplink': () => 'This host has no uplink',
  'uplink-down': (on) => `${on} has no cable, or is set down`,
  'no-gateway': (on) => `${on} has no gateway`,
  'needs-route': (on) => `This host routes it, if the other side has a route to ${on} by this host`,
  'router-decides': (on) => `That is for the router to decide (${on})`,
  'own-rules': (on) => `That depends on how this host itself forwards for ${on}`,
  'other-wire': (on) => `It is not known where ${on} leads`,
  'no-address-known': (on) =>
    `The machine’s address is not known, so it can’t be told whether ${on} leads there`,
  'no-dhcp': (on) => `Nobody gives addresses on ${on}: the machine is there once one is set in it`,
  'not-seen-from-here': (on) => `What ${on} is connected to can’t be seen from here`,
  'other-kind': (on) => `Patchbay does not know how ${on} works`,
}

const conclusions: Record<Conclusion, string> = {
  agrees: 'What was sent agrees with that',
  surprise: 'What was sent shows otherwise',
  settled: 'Somebody answered, so it is reached',
  'could-not-tell': 'A probe could not tell',
}

const gaps: Record<ProbeGap, string> = {
  'no-address': 'no address to send to is known',
  'no-agent': 'the guest agent of the machine does not answer',
  'no-ping-in-guest': 'the guest agent can’t ping',
  'not-from-the-lan': 'nothing can be sent from there',
  'not-into-the-internet': 'Patchbay sends nothing into the internet',
  'same-end': 'both are the same',
}

const sent = {
  by: { arp: 'ARP', ping: 'Ping', tcp: 'TCP' } satisfies Record<Sent['by'], string>,
  what: (by: string, from: string, to: string) => `${by} from ${from} to ${to}`,
  answered: (what: string, who: string) => `${what}: ${who} answered`,
  silent: (what: string) => `${what}: nobody answered`,
}

/**
 * The same in a few words. With a yes it says how, behind a comma; otherwise it stands alone. Where nothing needs to be
 * said it is left out.
 */
const short: {
  yes: string
  no: string
  unknown: string
  whenItRuns: string
  moving: string
  reasons: Partial<Record<ReachCode, string>>
} = {
  yes: 'Yes',
  no: 'No',
  unknown: 'Not known',
  whenItRuns: 'When it runs',
  moving: 'Being moved',
  reasons: {
    'on-lan': 'directly',
    'by-nat': 'through NAT',
    'by-host': 'by routing',
    'host-access': 'by host access',
    'machine-off': 'No, it is off',
    'machine-paused': 'No, it is paused',
    'no-nic': 'No, no network card',
    'not-plugged': 'No, from the next start',
    'cable-cut': 'No, the cable is cut',
    'tap-elsewhere': 'No, out of its bridge',
    'network-missing': 'No, the network is gone',
    'network-stopped': 'No, it is stopped',
    'no-host-address': 'No, no address there',
    'other-way-out': 'No, another way out',
    'macvtap-apart': 'No, kept apart',
    'no-host-route': 'No, no route there',
    'no-uplink': 'No, no uplink',
    'uplink-down': 'No, no cable',
    'no-gateway': 'No, no gateway',
    'needs-route': 'By routing, if others know the way',
    'router-decides': 'The router decides',
    'no-address-known': 'Where it was let to',
    'no-dhcp': 'With an address set by hand',
    'not-seen-from-here': 'Not seen from here',
  },
}

/** Whether one end reaches another, and why. */
export const reach = { tryIt: 'Try it', trying: 'Trying…', answers, reasons, short, conclusions, gaps, sent }
