import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type { TokenAction } from '../../shared/providers/provider.ts';
import type { Token } from '../../shared/tokens/token.ts';
import type { Provider } from '../providers/provider.ts';

const VERBS: Readonly<Record<TokenAction, string>> = {
  list: 'listed',
  create: 'made',
  edit: 'changed',
  regenerate: 'given a new value',
  revoke: 'revoked',
};

/** Of what the provider's API does not do: people do it on its page. */
export function cannot({ id, name, tokenPage }: Provider, action: TokenAction): AppError {
  const where = tokenPage === null ? 'on its web page' : `at ${tokenPage}`;
  return new AppError(
    'PROVIDER_CANNOT',
    `Tokens of ${name} cannot be ${VERBS[action]} by its API. That is done ${where}.`,
    { provider: id, action },
  );
}

export function noProvider({ name }: App): AppError {
  return new AppError(
    'PROVIDER_CANNOT',
    `The app ${name} has no provider. Choose one in its form, or manage its tokens at the service itself.`,
    { app: name },
  );
}

/** A request without a token would be refused, in words that do not help. */
export function noAuthority(provider: Provider, { name }: App): AppError {
  return new AppError(
    'TOKEN_NOT_FOUND',
    `Say by which token ${provider.name} is asked: the app ${name} has no default token.`,
    { app: name, path: 'by' },
  );
}

export function notLinked({ name }: Token, provider: Provider): AppError {
  return new AppError(
    'TOKEN_NOT_LINKED',
    `It is not known which token of ${provider.name} ${name} is. Refresh the list from the provider: it is recognised by its name there.`,
    { token: name },
  );
}
