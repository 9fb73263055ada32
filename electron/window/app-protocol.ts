import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';

const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://tessera`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Where renderer/index.html leaves room for the nonce of its policy. */
const NONCE_PLACE = '__CSP_NONCE__';

/** Before the app is ready: makes `app:` a scheme with an origin of its own, like https and unlike file. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built window, and nothing outside `folder`. */
export function serveWindow(folder: string): void {
  protocol.handle(APP_SCHEME, (request) => serveFile(folder, request.url));
}

async function serveFile(folder: string, url: string): Promise<Response> {
  const { host, pathname } = new URL(url);
  const path = filePath(folder, pathname);
  const contentType = path === null ? undefined : CONTENT_TYPES[extname(path)];
  if (host !== 'tessera' || path === null || contentType === undefined) return notFound();
  try {
    const nonce = randomBytes(16).toString('base64');
    const content = await readFile(path);
    const isPage = extname(path) === '.html';
    return new Response(isPage ? content.toString('utf8').replace(NONCE_PLACE, nonce) : content, {
      headers: {
        'Content-Type': contentType,
        'Content-Security-Policy': contentSecurityPolicy(nonce),
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cache-Control': 'no-cache',
      },
    });
  } catch {
    return notFound();
  }
}

function filePath(folder: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const path = normalize(join(folder, decoded));
  return path.startsWith(folder + sep) && !decoded.includes('\0') ? path : null;
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } });
}
