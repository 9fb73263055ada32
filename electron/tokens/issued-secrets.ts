import { randomUUID } from 'node:crypto';
import type { Vault } from '../../core/vault/vault.ts';
import { AppError } from '../../shared/app-error.ts';
import type { TokenKey } from '../../shared/tokens/token.ts';
import type { IssuedSecret } from '../../shared/tokens/token-value.ts';
import type { ContentProtection } from '../window/content-protection.ts';

/** However long the dialog stays open. */
const LOOK_MS = 10 * 60_000;
/** The window is kept out of screenshots for so long. */
const PROTECTED_SECONDS = 30;

/**
 * Which new secrets are being shown for the first and only time. While one is, it may be copied and saved
 * without asking again who is there. Holds names of tokens, never their secrets.
 */
export class IssuedSecrets {
  readonly #protection: Pick<ContentProtection, 'protectFor'>;
  readonly #shown = new Map<string, { readonly key: TokenKey; readonly timer: NodeJS.Timeout }>();

  constructor(vault: Pick<Vault, 'onChange'>, protection: Pick<ContentProtection, 'protectFor'>) {
    this.#protection = protection;
    vault.onChange(({ state }) => {
      if (state !== 'unlocked') this.closeAll();
    });
  }

  issue(key: TokenKey, secret: Buffer): IssuedSecret {
    this.#protection.protectFor(PROTECTED_SECONDS);
    const issueId = randomUUID();
    const timer = setTimeout(() => this.close(issueId), LOOK_MS);
    timer.unref();
    this.#shown.set(issueId, { key, timer });
    return { issueId, secret: secret.toString('utf8') };
  }

  /** @throws AppError `TOKEN_NOT_FOUND` where the look is over */
  keyOf(issueId: string): TokenKey {
    const shown = this.#shown.get(issueId);
    if (shown !== undefined) return shown.key;
    throw new AppError(
      'TOKEN_NOT_FOUND',
      'This secret was shown and put away. Show or copy it from the list of tokens.',
    );
  }

  close(issueId: string): void {
    clearTimeout(this.#shown.get(issueId)?.timer);
    this.#shown.delete(issueId);
  }

  closeAll(): void {
    for (const issueId of [...this.#shown.keys()]) this.close(issueId);
  }
}
