import { excerpt } from '../redaction/excerpt.ts';
import { Redactor } from '../redaction/redactor.ts';
import type { LoginExchange } from './login-exchange.ts';

const MOST_CHARACTERS = 300;

/** Makes of a server's words a part of a message: masked, on one line, and shortened. */
export type Quote = (text: string) => string;

/**
 * Masks what was sent, which the vault need not know, and every secret of the app: the server may say again
 * whatever it has heard.
 */
export function quoteWithout(sent: readonly string[], { redact }: Pick<LoginExchange, 'redact'>): Quote {
  return (text) => {
    const redactor = new Redactor(sent.map((secret) => Buffer.from(secret)));
    try {
      return excerpt(text, MOST_CHARACTERS, (whole) => onOneLine(redactor.text(redact(whole)).text));
    } finally {
      redactor.wipe();
    }
  };
}

function onOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
