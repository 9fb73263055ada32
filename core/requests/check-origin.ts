import { AppError } from '../../shared/app-error.ts';
import { isOriginAllowed } from '../../shared/apps/allowed-origin.ts';
import type { App } from '../../shared/apps/app.ts';

/**
 * Stops a request that would carry a secret of the app to an origin that the app does not allow, before
 * anything is sent.
 *
 * @param carries what would go along, in words: "the token main"
 * @throws AppError `ORIGIN_NOT_ALLOWED` that names the origin and how to allow it
 */
export function checkOrigin(url: URL, app: App, carries: string): void {
  if (isOriginAllowed(url, app.allowedOrigins)) return;
  const allowed = app.allowedOrigins.length === 0 ? 'no origin yet' : `only ${app.allowedOrigins.join(', ')}`;
  throw new AppError(
    'ORIGIN_NOT_ALLOWED',
    `${url.origin} may not receive ${carries}: the app ${app.name} allows ${allowed}. Nothing was sent. If this origin is right, add it to the app's allowed origins; else send without a token.`,
    { origin: url.origin, app: app.name, allowed: app.allowedOrigins },
  );
}
