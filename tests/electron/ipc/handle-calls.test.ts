import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/app-error.ts';
import { recorded, recordingElectron } from '../../support/recording-electron.ts';

vi.mock('electron', () => recordingElectron());

const { handleCalls } = await import('../../../electron/ipc/handle-calls.ts');
const { ipcContract } = await import('../../../shared/ipc-contract.ts');

const handlers = Object.fromEntries(Object.keys(ipcContract).map((channel) => [channel, vi.fn()]));
const report = vi.fn(() => 'abc123');

function call(channel: string, input?: unknown): Promise<unknown> | undefined {
  return recorded.handlers.get(channel)?.({ senderFrame: null }, input);
}

describe('calls from the window', () => {
  beforeEach(() => {
    vi.resetAllMocks();
    report.mockReturnValue('abc123');
    handleCalls(handlers as never, { isTrusted: () => true, report });
  });

  it('are handled on every channel of the contract and on no other', () => {
    expect([...recorded.handlers.keys()].sort()).toEqual(Object.keys(ipcContract).sort());
  });

  it('reach their handler parsed, with defaults filled in', async () => {
    const appId = crypto.randomUUID();
    handlers['tokens.add']?.mockReturnValue('added');
    const token = { name: ' main ', scheme: 'bearer', secret: 's3cret' };
    expect(await call('tokens.add', { appId, token })).toEqual({ ok: true, value: 'added' });
    const defaults = { field: null, tokenId: null, scopes: [], expiresAt: null, notes: '', actsAs: 'person' };
    expect(handlers['tokens.add']).toHaveBeenCalledWith({
      appId,
      allowExpired: false,
      token: expect.objectContaining({ ...token, name: 'main', ...defaults }),
    });
  });

  it('with input that does not fit never reach it, and the reply says which field, not its value', async () => {
    const reply = await call('vault.unlock', { kind: 'passphrase', passphrase: 42, extra: 'hunter2' });
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { path: 'passphrase' } },
    });
    expect(JSON.stringify(reply)).not.toContain('hunter2');
    expect(handlers['vault.unlock']).not.toHaveBeenCalled();
  });

  it('that fail as foreseen come back with code, sentence and details', async () => {
    handlers['vault.lock']?.mockRejectedValue(new AppError('VAULT_LOCKED', 'Locked.', { since: 1 }));
    expect(await call('vault.lock')).toEqual({
      ok: false,
      error: { code: 'VAULT_LOCKED', message: 'Locked.', details: { since: 1 } },
    });
  });

  it('that fail unforeseen come back with an id only: no message, no stack', async () => {
    const error = new Error('secret inside');
    handlers['vault.lock']?.mockImplementation(() => {
      throw error;
    });
    const reply = await call('vault.lock');
    expect(reply).toMatchObject({ ok: false, error: { code: 'UNEXPECTED', details: { id: 'abc123' } } });
    expect(JSON.stringify(reply)).not.toMatch(/secret inside|\bat\b.*\.ts/);
    expect(report).toHaveBeenCalledWith(error, 'vault.lock');
  });
});
