import { AppError } from '../../shared/app-error.ts';
import type { ManagementExchange } from '../../shared/tokens/remote-token.ts';
import type { Provider } from '../providers/provider.ts';

/** The provider said no to a call that manages tokens, or what it does not document. */
export class ProviderRefusal extends AppError {
  /** For people, masked; beside the details, which programs get. */
  readonly exchange: ManagementExchange;

  constructor({ id, name }: Provider, what: string, hint: string | null, exchange: ManagementExchange) {
    super('PROVIDER_REFUSED', `${name} answered ${what}. ${hint ?? 'Nothing was changed in the vault.'}`, {
      provider: id,
    });
    this.exchange = exchange;
  }
}
