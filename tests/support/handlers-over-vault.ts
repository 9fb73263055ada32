import { MaskedAnswers } from '../../core/responses/masked-answers.ts';
import { ResponseStore } from '../../core/responses/response-store.ts';
import { AutoLock } from '../../core/vault/auto-lock.ts';
import { SecretClipboard } from '../../electron/clipboard/secret-clipboard.ts';
import type { ShellContext } from '../../electron/shell-context.ts';
import { IssuedSecrets } from '../../electron/tokens/issued-secrets.ts';
import { ContentProtection } from '../../electron/window/content-protection.ts';
import {
  type IpcChannel,
  type IpcInput,
  type IpcParsedInput,
  ipcContract,
} from '../../shared/ipc-contract.ts';
import { bodyReader } from './body-reader.ts';
import { newTessera } from './new-tessera.ts';
import { PASSPHRASE, TemporaryHome } from './temporary-vault.ts';

/** What the window can ask for, over a vault with one app and one token. For tests that stand in for Electron. */
export async function handlersOver() {
  const home = new TemporaryHome();
  const tessera = newTessera(home.path);
  const { createHandlers } = await import('../../electron/ipc/handlers.ts');
  await tessera.vault.create(PASSPHRASE);
  const { id: appId } = tessera.apps.create({ name: 'Phone', baseUrl: 'https://api.example.com' });
  const { id: tokenId } = tessera.tokens.add(appId, { name: 'main', scheme: 'bearer', secret: 'the secret' });
  let copied = '';
  const contentProtection = new ContentProtection(
    () => null,
    () => false,
  );
  const context: ShellContext = {
    tessera,
    responses: new ResponseStore(bodyReader()),
    maskedAnswers: new MaskedAnswers(),
    autoLock: new AutoLock(tessera.vault, () => null),
    secretClipboard: new SecretClipboard({
      readText: async () => copied,
      writeText: async (text) => {
        copied = text;
      },
      clear: () => {
        copied = '';
      },
    }),
    contentProtection,
    issuedSecrets: new IssuedSecrets(tessera.vault, contentProtection),
    window: () => null,
    expiryWatch: { lookSoon: () => undefined },
    emit: () => undefined,
  };
  const handlers = createHandlers(context);
  const call = async <Name extends IpcChannel>(channel: Name, input: IpcInput<Name>) =>
    handlers[channel](ipcContract[channel].input.parse(input) as IpcParsedInput<Name>);
  return { home, tessera, call, key: { appId, tokenId }, copied: () => copied };
}
