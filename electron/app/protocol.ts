import { protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { assetPath } from './origin'

/** Only what comes from the app itself may run or load; nothing may connect anywhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
}

/** Serves the built renderer, and nothing else, under `ORIGIN`. */
export function serveRenderer(folder: string): void {
  protocol.handle('app', async (request) => {
    const path = assetPath(request.url)
    const type = path === null ? undefined : CONTENT_TYPES[extname(path)]
    if (path === null || type === undefined) return notFound()
    try {
      return new Response(await readFile(join(folder, path)), { headers: headersFor(type) })
    } catch (error) {
      console.error(`patchbay: ${request.url} could not be served:`, error)
      return notFound()
    }
  })
}

const headersFor = (type: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
})

const notFound = (): Response => new Response('Not found', { status: 404 })
