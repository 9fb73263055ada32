import { sameText } from '../same-text.ts';
import type { Seed } from '../seed.ts';

export interface PortsipUser {
  readonly username: string;
  readonly password: string;
  readonly domain: string;
  readonly role: 'Admin' | 'StandardUser';
  /** The code that works, where a second step is asked for. */
  readonly code?: string;
  /** Whether answers spell `refresh_tokne`, as the documentation does in places. */
  readonly misspells?: true;
}

const DOMAIN = 'practice.example';

export interface PortsipUsers {
  readonly admin: PortsipUser;
  readonly standard: PortsipUser;
  readonly twoFactor: PortsipUser;
  readonly misspelling: PortsipUser;
}

export function portsipUsers(seed: Seed): PortsipUsers {
  const password = (username: string) => seed.base64url(`portsip password ${username}`).slice(0, 16);
  const user = (username: string, role: PortsipUser['role']) =>
    ({ username, password: password(username), domain: DOMAIN, role }) as const;
  return {
    admin: user('practice', 'Admin'),
    standard: user('practice-standard', 'StandardUser'),
    twoFactor: { ...user('practice-two-factor', 'Admin'), code: seed.text('portsip code', 6, '0123456789') },
    misspelling: { ...user('practice-misspelling', 'Admin'), misspells: true },
  };
}

/** `null` where user name, password or domain are wrong. The domain may be left out. */
export function findUser(
  users: PortsipUsers,
  given: { readonly username: string; readonly password: string; readonly domain: string | undefined },
): PortsipUser | null {
  const user = Object.values(users).find(({ username }: PortsipUser) => username === given.username);
  if (user === undefined || !sameText(given.password, user.password)) return null;
  return (given.domain ?? user.domain) === user.domain ? user : null;
}
