import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { everyCommand } from '../support/every-command.ts';
import { HttpRecorder } from '../support/http-recorder.ts';
import { homeWithToken, SECRET, TemporaryFolder, tessera, tesseraJson } from '../support/run-command.ts';
import type { TemporaryHome } from '../support/temporary-vault.ts';

const THEIR_NAME = 'theirs-alone';

let server: HttpRecorder;
let home: TemporaryHome;
let theirId: string;
const folder = new TemporaryFolder();
const run = (args: readonly string[], input = '') =>
  tessera(args, { home: home.path, cwd: folder.path, input });

beforeAll(async () => {
  server = await HttpRecorder.start();
  home = await homeWithToken(server.url);
  const { vault, apps, tokens } = await home.unlock();
  const { id } = apps.create({ name: 'Other', baseUrl: server.url });
  // It would be in a calendar.
  const expiresAt = '2099-01-31T00:00:00.000Z';
  const secret = `${SECRET} of the other`;
  theirId = tokens.add(id, { name: THEIR_NAME, scheme: 'bearer', secret, expiresAt }).id;
  vault.close();
});
beforeEach(() => {
  server.requests.length = 0;
});
afterAll(() => {
  server.close();
  home[Symbol.dispose]();
  folder[Symbol.dispose]();
});

/** What a command is told, given how the other app's token is named. */
const doors: readonly [what: string, args: (token: string) => readonly string[]][] = [
  ['send', (token) => ['send', '/x', '--app', 'Phone', '--token', token]],
  ['exec', (token) => ['exec', '--app', 'Phone', '--set', `A=${token}`, '--', process.execPath, '-e', '1']],
  ['token check', (token) => ['token', 'check', token, '--app', 'Phone']],
  ['token edit', (token) => ['token', 'edit', token, '--app', 'Phone', '--note', 'mine now']],
  ['token rotate', (token) => ['token', 'rotate', token, '--app', 'Phone', '--secret-stdin']],
  ['token copy', (token) => ['token', 'copy', token, 'mine', '--app', 'Phone', '--secret-stdin']],
  ['token login', (token) => ['token', 'login', token, '--app', 'Phone']],
  ['token refresh', (token) => ['token', 'refresh', token, '--app', 'Phone']],
  ['token logout', (token) => ['token', 'logout', token, '--app', 'Phone']],
  ['token reveal', (token) => ['token', 'reveal', token, '--app', 'Phone']],
  ['token mark', (token) => ['token', 'mark', token, '--app', 'Phone', '--compromised']],
  ['app edit', (token) => ['app', 'edit', 'Phone', '--default-token', token]],
  ['token remote edit', (token) => ['token', 'remote', 'edit', token, '--app', 'Phone', '--note', 'mine']],
  ['token remote regenerate', (token) => ['token', 'remote', 'regenerate', token, '--app', 'Phone']],
  ['token remote revoke', (token) => ['token', 'remote', 'revoke', token, '--app', 'Phone']],
  ['token remove', (token) => ['token', 'remove', token, '--app', 'Phone']],
];

/** Of every other command it is known that nobody tells it a token; a run, a calendar, a list are tried below. */
const TOLD_NO_TOKEN = [
  ...[
    'vault init',
    'vault status',
    'vault verify',
    'vault change-passphrase',
    'vault backup',
    'vault restore',
  ],
  ...['vault key list', 'vault key add', 'vault key remove', 'settings list', 'settings set'],
  ...['app add', 'app list', 'app show', 'app connection', 'app remove', 'app export'],
  ...['token add', 'token list', 'token calendar', 'run', 'health', 'practice', 'doctor'],
  ...['cookie list', 'cookie set', 'cookie remove', 'cookie clear'],
  // By which token they ask: in one place for them all, which the window's doors try.
  ...['token remote list', 'token remote scopes', 'token remote create'],
];

describe('another app’s token', () => {
  it('is tried at every command that is told a token', () => {
    const known = [...doors.map(([door]) => door), ...TOLD_NO_TOKEN];
    expect(
      everyCommand()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(known.toSorted());
  });

  it.each(doors)('is refused by %s, by name and by id', async (_what, args) => {
    for (const token of [THEIR_NAME, theirId]) {
      const { code, stdout, stderr } = await run(args(token), SECRET);
      expect([code, stdout]).toEqual([4, '']);
      expect(stderr).toMatch(/^TOKEN_OF_OTHER_APP: /);
      expect(stderr).not.toMatch(/theirs-alone|Other/);
    }
    expect(server.requests).toEqual([]);
  });

  it('is not listed', async () => {
    expect((await run(['token', 'list', '--app', 'Phone'])).stdout).not.toContain(THEIR_NAME);
  });

  it('is not used by a collection that refers to it', async () => {
    writeFileSync(join(folder.path, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Checks\n');
    for (const [seq, token] of [THEIR_NAME, theirId].entries()) {
      writeFileSync(
        join(folder.path, `steal-${seq}.yml`),
        `info:\n  name: steal ${seq}\n  type: http\n  seq: ${seq}\nhttp:\n  method: GET\n  url: /x\n  auth:\n    type: bearer\n    token: "{{vault.${token}}}"\n`,
      );
    }
    const { code, value } = await tesseraJson(['run', folder.path, '--app', 'Phone'], { home: home.path });
    expect(code).toBe(1);
    expect(value).toMatchObject({
      results: [{ error: { code: 'TOKEN_OF_OTHER_APP' } }, { error: { code: 'TOKEN_OF_OTHER_APP' } }],
    });
    expect(server.requests).toEqual([]);
  });

  it('is not passed on by exec as the default of an app', async () => {
    const { vault, apps } = await home.unlock();
    const { id } = apps.find('Phone');
    apps.update(id, { defaultToken: THEIR_NAME });
    vault.close();
    const program = [process.execPath, '-e', 'console.log(process.env.TESSERA_TOKEN)'];
    const { code, stdout, stderr } = await run(['exec', '--app', 'Phone', '--', ...program]);
    const after = await home.unlock();
    after.apps.update(id, { defaultToken: null });
    after.vault.close();
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/^TOKEN_OF_OTHER_APP: /);
  });

  it('is not in the calendar of an app', async () => {
    const file = join(folder.path, 'tokens.ics');
    const { value } = await tesseraJson(['token', 'calendar', '--output', file, '--app', 'Phone'], {
      home: home.path,
    });
    expect(value).toMatchObject({ events: 0 });
  });
});
