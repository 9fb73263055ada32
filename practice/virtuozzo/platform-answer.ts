/** What the platform answers, always with status 200: `result` is 0 where it worked. */
export interface PlatformAnswer {
  readonly result: number;
  readonly error?: string;
  readonly reason?: string;
  readonly source?: string;
  readonly [field: string]: unknown;
}

export const RESULT = {
  ok: 0,
  invalidParameter: 3,
  notFound: 5,
  noSuchApplication: 11,
  authenticationFailed: 701,
  permissionDenied: 8202,
} as const;

export function done(fields: Readonly<Record<string, unknown>> = {}): PlatformAnswer {
  return { result: RESULT.ok, ...fields };
}

export function failed(result: number, error: string, reason?: string): PlatformAnswer {
  return { result, error, ...(reason === undefined ? {} : { reason }), source: 'practice' };
}

export function invalidParameter(name: string, reason?: string): PlatformAnswer {
  return failed(RESULT.invalidParameter, `invalid parameter [${name}]`, reason);
}
