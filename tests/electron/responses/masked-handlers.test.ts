import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { requestSchema } from '../../../shared/requests/request.ts';
import { handlersOver } from '../../support/handlers-over-vault.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { recordingElectron } from '../../support/recording-electron.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';

vi.mock('electron', () => recordingElectron());

const NEW = 'a/token "of" the answer';

describe('what is masked in an answer', () => {
  let vault: Awaited<ReturnType<typeof handlersOver>>;
  beforeEach(async () => {
    vault = await handlersOver();
    return () => vault.home[Symbol.dispose]();
  });

  /** Sends to a server that answers with a new token, the known one, and a cookie. */
  async function send() {
    await using server = await LoopbackServer.start((_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.setHeader('Set-Cookie', 'sid=0123456789');
      response.end(JSON.stringify({ access_token: NEW, echo: 'the secret', nothing: 1 }));
    });
    const request = requestSchema.parse({ url: server.url, auth: { kind: 'none' } });
    return await vault.call('requests.send', { sendId: randomUUID(), appId: vault.key.appId, request });
  }
  const textOf = async (responseId: string) =>
    (
      await vault.call('responses.rows', {
        responseId,
        layout: { kind: 'raw', columns: 500 },
        from: 0,
        count: 1,
      })
    ).rows
      .map(({ text }) => text)
      .join('');
  const confirm = () => vault.call('vault.confirm', { kind: 'passphrase', passphrase: PASSPHRASE });

  it('is listed by field, without its value', async () => {
    const { responseId } = await send();
    const masked = await vault.call('responses.masked', { responseId });
    expect(masked).toEqual({
      fields: [{ index: 0, field: 'access_token', bytes: 25, isKnown: false }],
      masks: 2,
      isIncomplete: false,
    });
  });

  it('becomes a token without coming to the window', async () => {
    const { responseId } = await send();
    const token = await vault.call('responses.saveMasked', { responseId, index: 0, name: 'fresh' });
    expect(token).toMatchObject({ name: 'fresh', scheme: 'bearer' });
    expect(JSON.stringify(token)).not.toContain('of');
    const { appId } = vault.key;
    expect(vault.tessera.tokens.secrets.open({ appId, tokenId: token.id }).toString()).toBe(NEW);
    await expect(vault.call('responses.saveMasked', { responseId, index: 0, name: 'fresh' })).rejects.toThrow(
      expect.objectContaining({ code: 'NAME_TAKEN' }),
    );
  });

  it('is shown after confirmation, in an answer of its own, and the first stays masked', async () => {
    const { responseId, response } = await send();
    expect(response.headers).toContainEqual(['Set-Cookie', 'sid=••••']);
    await expect(vault.call('responses.showSecrets', { responseId })).rejects.toThrow(
      expect.objectContaining({ code: 'CONFIRMATION_NEEDED' }),
    );
    await confirm();
    const shown = await vault.call('responses.showSecrets', { responseId });
    expect(JSON.parse(await textOf(shown.responseId))).toEqual({
      access_token: NEW,
      echo: 'the secret',
      nothing: 1,
    });
    expect(shown.headers).toContainEqual(['Set-Cookie', 'sid=0123456789']);
    expect(await textOf(responseId)).toBe('{"access_token":"••••","echo":"••••","nothing":1}');
    await vault.call('responses.close', { responseId: shown.responseId });
    await expect(textOf(shown.responseId)).rejects.toThrow(
      expect.objectContaining({ code: 'RESPONSE_NOT_FOUND' }),
    );
  });

  it.each([
    ['the answer is closed', 'responses.close'],
    ['the vault is locked', 'vault.lock'],
  ] as const)('is gone when %s', async (_when, channel) => {
    const { responseId } = await send();
    await confirm();
    if (channel === 'vault.lock') {
      await vault.call('vault.lock', undefined);
      await vault.call('vault.unlock', { kind: 'passphrase', passphrase: PASSPHRASE });
      await confirm();
    } else {
      await vault.call('responses.close', { responseId });
    }
    for (const gone of ['responses.masked', 'responses.showSecrets'] as const) {
      await expect(vault.call(gone, { responseId })).rejects.toThrow(
        expect.objectContaining({ code: 'RESPONSE_NOT_FOUND' }),
      );
    }
  });
});
