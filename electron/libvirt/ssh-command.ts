import type { SshUri } from './uri'

/** How long the other computer may take to answer at all: longer than a sleepy network needs, short of a hang. */
const CONNECT_TIMEOUT_S = 20

/**
 * After three of these without an answer ssh gives the connection up. libvirt's own keepalive would be one more message
 * each way; without any, a laptop that woke up elsewhere would show yesterday's machines for hours.
 */
const ALIVE_INTERVAL_S = 15

/**
 * Arguments for ssh, to be spawned without a shell. Host and user hold nothing that ssh could take for an option
 * (`parseLibvirtUri` sees to that); keys, agent, known hosts, jumps and aliases are those of the user's own ssh.
 * @param mayAsk whether ssh may ask for passwords and about unknown hosts on the terminal; otherwise it fails at once
 */
export function sshArguments(to: SshUri, readOnly: boolean, mayAsk: boolean): string[] {
  return [
    '-T',
    ...['-e', 'none'],
    ...['-o', `BatchMode=${mayAsk ? 'no' : 'yes'}`],
    ...['-o', `ConnectTimeout=${CONNECT_TIMEOUT_S}`],
    ...['-o', `ServerAliveInterval=${ALIVE_INTERVAL_S}`],
    ...(to.port === null ? [] : ['-p', String(to.port)]),
    ...(to.user === null ? [] : ['-l', to.user]),
    ...(to.keyfile === null ? [] : ['-i', to.keyfile]),
    ...['--', to.host],
    // The login shell over there may be any; `sh` is the same everywhere.
    `sh -c ${quote(remoteScript(to, readOnly))}`,
  ]
}

/** What a person types to log in there by hand. */
export function sshByHand({ host, port, user }: SshUri): string {
  return [
    'ssh',
    ...(port === null ? [] : ['-p', String(port)]),
    `${user === null ? '' : `${user}@`}${host}`,
  ].join(' ')
}

/**
 * Leads standard input and output to the daemon over there, as libvirt's own client does (src/rpc/virnetclient.c,
 * virNetClientSSHHelperCommand): by virt-ssh-helper, which knows the sockets and starts a session's daemon; by netcat
 * where libvirt is older than 6.8, and for a socket that the helper can't be told.
 */
function remoteScript({ scope, socket, netcat }: SshUri, readOnly: boolean): string {
  const nc = netcat ?? 'nc'
  const path = socket ?? `/var/run/libvirt/libvirt-sock${readOnly ? '-ro' : ''}`
  const byNetcat = [
    // Some netcats stay when their input ends unless they are told -q0, the others don't know it.
    `if ${quote(nc)} -q 2>&1 | grep "requires an argument" >/dev/null 2>&1; then ARG=-q0; else ARG=; fi`,
    `exec ${quote(nc)} $ARG -U ${quote(path)}`,
  ].join('; ')
  if (socket !== null || netcat !== null) return byNetcat
  const helper = `exec virt-ssh-helper${readOnly ? ' -r' : ''} qemu:///${scope}`
  // Where a session's socket lies is known over there only.
  if (scope === 'session') return helper
  return `if command -v virt-ssh-helper >/dev/null 2>&1; then ${helper}; else ${byNetcat}; fi`
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
