import { readFileSync } from 'node:fs'

/**
 * Whether this process belongs to somebody connected over the network: by what sshd puts into the environment, or,
 * since sudo and tmux drop that, by sshd among its ancestors.
 */
export function isRemoteSession(environment: NodeJS.ProcessEnv = process.env): boolean {
  const variables = ['SSH_CONNECTION', 'SSH_CLIENT', 'SSH_TTY']
  return variables.some((name) => environment[name] !== undefined) || hasAncestor(/^sshd/)
}

/** Walks up /proc; a process that ends meanwhile ends the walk. */
function hasAncestor(name: RegExp): boolean {
  let pid = process.ppid
  while (pid > 1) {
    const status = statusOf(pid)
    if (name.test(status.name)) return true
    pid = status.parent
  }
  return false
}

function statusOf(pid: number): { name: string; parent: number } {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    const name = /^Name:\t(.*)$/m.exec(text)?.[1] ?? ''
    return { name, parent: Number(/^PPid:\t(\d+)$/m.exec(text)?.[1] ?? 0) }
  } catch {
    return { name: '', parent: 0 }
  }
}
