import type { OAuthSteps } from '../../core/oauth/oauth-steps.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ConnectStep } from '../../shared/logins/connecting.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';
import { openSignInPage } from '../window/open-external.ts';

export function loginHandlers({ tessera, emit }: ShellContext): FeatureHandlers<'logins'> {
  const { logins } = tessera;
  const connecting = new Map<string, AbortController>();
  /** What a sign-in that shows a code would open: the window names the sign-in, never an address. */
  const codePages = new Map<string, string>();
  const under = async <Value>(id: string, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> => {
    const controller = new AbortController();
    connecting.set(id, controller);
    try {
      return await work(controller.signal);
    } finally {
      connecting.delete(id);
      codePages.delete(id);
    }
  };
  const stepsOf = (connectId: string): OAuthSteps => {
    const tell = (step: ConnectStep) => emit('logins.progress', { connectId, step });
    return {
      openPage: async (url) => {
        tell({ kind: 'page', url: url.href });
        if (!(await openSignInPage(url.href))) {
          throw new AppError('CANCELLED', 'The page was not opened. Nothing was changed.');
        }
      },
      showCode: (code) => {
        codePages.set(connectId, code.completeUrl ?? code.verificationUrl);
        tell({ kind: 'code', ...code });
      },
    };
  };
  return {
    'logins.connect': ({ connectId, password, code, ...key }) =>
      under(connectId, async (signal) => {
        const input = { ...(password !== null && { password }), ...(code !== null && { code }) };
        const steps = stepsOf(connectId);
        return tessera.describeToken(await logins.signIn(key, { ...input, steps }, signal));
      }),
    'logins.cancel': ({ connectId }) => connecting.get(connectId)?.abort(),
    'logins.openCodePage': async ({ connectId }) => {
      await openSignInPage(codePages.get(connectId) ?? '');
    },
    'logins.refresh': async (key) =>
      tessera.describeToken(await logins.renewNow(key, new AbortController().signal)),
    'logins.signOut': async (key) => {
      const { token, problem } = await logins.signOut(key, new AbortController().signal);
      return { token: tessera.describeToken(token), problem: problem?.message ?? null };
    },
    'logins.tryOut': ({ connectId, appId, login, password }) =>
      under(connectId, (signal) => logins.tryOut(appId, login, password, signal)),
  };
}
