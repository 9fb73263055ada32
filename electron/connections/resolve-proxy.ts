import { session } from 'electron';

/** What the system's settings and its script for automatic configuration say of the way to a URL. */
export function resolveProxy(url: string): Promise<string> {
  return session.defaultSession.resolveProxy(url);
}
