import type { Context } from 'hono';

export type AirfocusCode =
  | 'missing_token'
  | 'invalid_token'
  | 'forbidden'
  | 'invalid_request'
  | 'unknown_resource'
  | 'not_found'
  | 'method_not_allowed'
  | 'too_many_requests';

/** How airfocus says no. */
export function errorFields(code: AirfocusCode, message: string, data: object = {}): object {
  return { code, message, data };
}

export function refuse(
  context: Context,
  status: 400 | 401 | 403 | 404 | 405,
  code: AirfocusCode,
  message: string,
  data?: object,
): Response {
  return context.json(errorFields(code, message, data), status);
}
