import { Redactor } from './redactor.ts';

/**
 * Whether one of the secrets stands in a text, in any of its forms.
 *
 * @param secrets are wiped
 */
export function holdsSecret(text: string, secrets: readonly Buffer[]): boolean {
  const redactor = new Redactor(secrets);
  try {
    return redactor.text(text).count > 0;
  } finally {
    redactor.wipe();
    for (const secret of secrets) secret.fill(0);
  }
}
