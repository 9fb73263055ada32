import { ProviderRefusal } from '../../core/tokens/provider-refusal.ts';
import type { RemoteChange } from '../../core/tokens/remote-tokens.ts';
import type { RemoteIssue } from '../../shared/tokens/remote-token.ts';
import { keyOf } from '../../shared/tokens/token.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

/** Tokens at the provider. What changes something there asks first whether the owner is there. */
export function remoteTokenHandlers({
  tessera,
  issuedSecrets,
  emit,
}: ShellContext): FeatureHandlers<'remoteTokens'> {
  const { remoteTokens, confirmation } = tessera;
  const calls = new Map<string, AbortController>();
  const cancellable = async <Value>(callId: string, call: (signal: AbortSignal) => Promise<Value>) => {
    const controller = new AbortController();
    calls.set(callId, controller);
    try {
      return await call(controller.signal);
    } catch (error) {
      if (error instanceof ProviderRefusal) {
        emit('remoteTokens.refused', { callId, exchange: error.exchange });
      }
      throw error;
    } finally {
      calls.delete(callId);
    }
  };
  const issue = async (
    callId: string,
    call: (signal: AbortSignal) => Promise<RemoteChange>,
  ): Promise<RemoteIssue> => {
    confirmation.require();
    const { token, secret, exchanges } = await cancellable(callId, call);
    const key = keyOf(token);
    const issued = secret === null ? null : issuedSecrets.issue(key, secret);
    secret?.fill(0);
    return { token: tessera.describeToken(token), issued, exchanges };
  };
  return {
    'remoteTokens.compare': ({ callId, appId, authority }) =>
      cancellable(callId, (signal) => remoteTokens.compare(appId, authority, signal)),
    'remoteTokens.scopes': ({ callId, appId, authority }) =>
      cancellable(callId, (signal) => remoteTokens.scopes(appId, authority, signal)),
    'remoteTokens.create': ({ callId, appId, authority, wish }) =>
      issue(callId, (signal) => remoteTokens.create(appId, wish, authority, signal)),
    'remoteTokens.edit': ({ callId, appId, tokenId, authority, wish }) =>
      issue(callId, (signal) => remoteTokens.edit({ appId, tokenId }, wish, authority, signal)),
    'remoteTokens.regenerate': ({ callId, appId, tokenId, authority }) =>
      issue(callId, (signal) => remoteTokens.regenerate({ appId, tokenId }, authority, signal)),
    'remoteTokens.revoke': ({ callId, appId, tokenIds, authority }) => {
      confirmation.require();
      return cancellable(callId, async (signal) => ({
        exchanges: await remoteTokens.revoke(appId, tokenIds, authority, signal),
      }));
    },
    'remoteTokens.cancel': ({ callId }) => calls.get(callId)?.abort(),
  };
}
