import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { openConfDocument } from '../../core/storage/conf-document.ts';
import { readVaultDocument } from '../../core/vault/vault-document.ts';

export interface Finding {
  readonly what: string;
  /** `missing`: a convenience is not there; everything else works. */
  readonly state: 'ok' | 'missing' | 'broken';
  readonly found: string;
}

/** Looks at what Tessera stands on. Nothing is changed. */
export async function examine(home: string): Promise<Finding[]> {
  return [node(), homeFolder(home), vault(home), await keychain(), display(), certificates(), proxy()];
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return {
    what: 'Node',
    state: major >= 24 ? 'ok' : 'broken',
    found: major >= 24 ? process.version : `${process.version}: 24 or newer is needed`,
  };
}

function homeFolder(home: string): Finding {
  const nearest = nearestFolder(home);
  try {
    accessSync(nearest, constants.W_OK);
    return { what: 'Home', state: 'ok', found: nearest === home ? home : `${home} (made on first use)` };
  } catch {
    return { what: 'Home', state: 'broken', found: `${home} cannot be written: choose another with --home` };
  }
}

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

function vault(home: string): Finding {
  const path = join(home, 'vault.json');
  if (!existsSync(path)) return { what: 'Vault', state: 'missing', found: 'none yet: tessera vault init' };
  try {
    const version = readVaultDocument(openConfDocument(path))?.version ?? 0;
    return { what: 'Vault', state: 'ok', found: `format ${version}` };
  } catch (error) {
    return {
      what: 'Vault',
      state: 'broken',
      found: error instanceof Error ? error.message : 'it cannot be read',
    };
  }
}

/** Asks for an entry that is not there: an answer means that there is a keychain to ask. */
async function keychain(): Promise<Finding> {
  try {
    const { AsyncEntry } = await import('keytar');
    const entry = new AsyncEntry(
      'tessera',
      'doctor',
      process.platform === 'linux' ? { linux: { store: 'secret-service' } } : undefined,
    );
    await entry.getPassword();
    return { what: 'Keychain', state: 'ok', found: 'the system’s keychain answers' };
  } catch {
    return {
      what: 'Keychain',
      state: 'missing',
      found: 'the system’s keychain does not answer: the passphrase is the way in',
    };
  }
}

function display(): Finding {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const found = process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
  return {
    what: 'Display',
    state: found ? 'ok' : 'missing',
    found: found ? 'there is one' : 'none: the window cannot be shown, the command works',
  };
}

function certificates(): Finding {
  return {
    what: 'Certificates',
    state: rootCertificates.length > 0 ? 'ok' : 'broken',
    found: `${rootCertificates.length} root certificates`,
  };
}

function proxy(): Finding {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].filter(
    (name) => process.env[name] || process.env[name.toLowerCase()],
  );
  return {
    what: 'Proxy',
    state: 'ok',
    found: names.length === 0 ? 'none set' : `${names.join(', ')} set; Tessera does not use it yet`,
  };
}
