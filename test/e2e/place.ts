import { chmod, mkdir, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { electronPath } from '../../scripts/electron-runtime.mjs'
import { desktopCommand } from '../lab/desktop'
import type { FullLab, Lab } from '../lab/index'

/** Where an app runs: inside the namespaces of a lab. */
export interface Place {
  /** Whether Chromium's sandbox works there; it does not for root. The product never goes without. */
  sandbox: boolean
  /** A process whose namespaces are entered. */
  leader: number
  /** The command line of Electron there, to which its arguments are added. */
  commandLine: (env: Readonly<Record<string, string>>) => readonly string[]
  /** Lets programs there draw on a display of this machine; answers with the function that ends it. */
  lend: (display: string) => Promise<() => Promise<void>>
}

/** As root on the workstation of the fast lab, which shares /tmp, and with it the display, with this machine. */
export async function asRoot(lab: Lab): Promise<Place> {
  const electron = await electronPath()
  return {
    sandbox: false,
    leader: leaderOf(lab),
    commandLine: (env) => [
      'env',
      '-i',
      'HOME=/root',
      ...Object.entries(env).map((pair) => pair.join('=')),
      electron,
    ],
    lend: () => Promise.resolve(() => Promise.resolve()),
  }
}

/** As the unprivileged user, at the desk of the full lab's workstation. */
export async function atTheDesk(lab: FullLab): Promise<Place> {
  const electron = await electronPath()
  return {
    sandbox: true,
    leader: leaderOf(lab),
    commandLine: (env) => desktopCommand([electron], { env }),
    lend: (display) => lendDisplay(lab, display),
  }
}

/** The lab reaches its files through /proc/PID/root. */
const leaderOf = (lab: Lab): number => Number(/^\/proc\/(\d+)\//.exec(lab.path('/'))?.[1])

/**
 * Opens an X server's socket of this machine inside the lab. The lab has a network of its own, but a socket in the file
 * system is reached across networks.
 */
export async function lendDisplay(lab: Lab, display: string): Promise<() => Promise<void>> {
  const name = `/tmp/.X11-unix/X${/:(\d+)/.exec(display)?.[1] ?? '0'}`
  const inside = lab.path(name)
  await mkdir(lab.path('/tmp/.X11-unix'), { recursive: true, mode: 0o1777 })
  await rm(inside, { force: true })
  const clients = new Set<Socket>()
  const server = createServer((client) => {
    clients.add(client)
    const screen = connect(name)
    client.on('close', () => {
      clients.delete(client)
      screen.destroy()
    })
    client.pipe(screen).on('error', () => client.destroy())
    screen.pipe(client).on('error', () => screen.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(inside, resolve)
  })
  await chmod(inside, 0o777)
  return () => {
    for (const client of clients) client.destroy()
    return new Promise((resolve) => server.close(() => resolve()))
  }
}
