import type { Context, Hono } from 'hono';

export type PortsipCode = 'UNKNOWN' | 'VALIDATE_FAILED' | 'UNAUTHORIZED';

export function refuse(
  context: Context,
  status: 400 | 401 | 403 | 404 | 405 | 429,
  code: PortsipCode,
  message: string,
  detail?: string,
): Response {
  return context.json({ errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] }, status);
}

export function missing(context: Context, field: string): Response {
  return refuse(context, 400, 'VALIDATE_FAILED', 'a field is missing', field);
}

/** GET and POST are the only methods there are; what a path does not answer is not allowed on it. */
export function refuseOtherMethods(api: Hono, path: string, allowed: string): void {
  api.all(path, (context) => {
    context.header('Allow', allowed);
    return refuse(context, 405, 'UNKNOWN', 'method not allowed');
  });
}
