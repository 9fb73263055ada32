import { statSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import type { Finding } from './finding.ts';

/** A keychain that waits for a person to unlock it is not waited for longer. */
const KEYCHAIN_MS = 3000;

const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

/** What Tessera needs of the computer, the window aside. */
export async function examineMachine(): Promise<Finding[]> {
  return [node(), clock(), await keychain(), certificates(), proxy()];
}

function node(): Finding {
  return { what: 'Node', state: 'ok', found: process.version, todo: null };
}

/** Expiry is judged by the clock: one that stands before this program was made is wrong. */
function clock(): Finding {
  const what = 'Clock';
  const now = new Date();
  const found = now.toISOString();
  if (now >= statSync(import.meta.filename).mtime) return { what, state: 'ok', found, todo: null };
  return {
    what,
    state: 'limited',
    found: `${found}, which is before this program was put here`,
    todo: 'Set the clock: whether a token has expired is judged by it.',
  };
}

/** Asks for an entry that is not there: an answer, even "no", means that there is a keychain. Nothing is written. */
async function keychain(): Promise<Finding> {
  const what = 'Keychain';
  try {
    const { AsyncEntry } = await import('keytar');
    // The default of the library on Linux is a store that does not survive a restart.
    const options = process.platform === 'linux' ? { linux: { store: 'secret-service' as const } } : null;
    await new AsyncEntry('tessera', 'doctor', options).getPassword(AbortSignal.timeout(KEYCHAIN_MS));
    return { what, state: 'ok', found: 'the keychain of the system answers', todo: null };
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split('\n') : [];
    return {
      what,
      state: 'limited',
      found: `the keychain of the system does not answer (${reason.slice(0, 200)})`,
      todo: 'Nothing need be done: the passphrase opens the vault.',
    };
  }
}

function certificates(): Finding {
  const what = 'Certificates';
  const trusted = new Set(getCACertificates('default'));
  if (trusted.size === 0) {
    return {
      what,
      state: 'broken',
      found: 'no authority is trusted',
      todo: 'Name a file of certificates in NODE_EXTRA_CA_CERTS.',
    };
  }
  const unused = getCACertificates('system').filter((certificate) => !trusted.has(certificate)).length;
  return {
    what,
    state: 'ok',
    found: `${trusted.size} authorities are trusted`,
    todo:
      unused === 0
        ? null
        : `The system trusts ${unused} more; NODE_USE_SYSTEM_CA=1 makes Tessera trust them too.`,
  };
}

/** Their values may hold a password, and are not shown. */
function proxy(): Finding {
  const what = 'Proxy';
  const set = PROXY_VARIABLES.filter((name) => process.env[name] || process.env[name.toLowerCase()]);
  return set.length === 0
    ? { what, state: 'ok', found: 'none set', todo: null }
    : {
        what,
        state: 'limited',
        found: `${set.join(', ')} set`,
        todo: 'Tessera does not use a proxy yet: requests go out directly.',
      };
}
