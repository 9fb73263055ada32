import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPracticeServer } from '../../practice/practice-server.ts';
import { recordingServer } from '../support/recording-server.ts';
import { PASSPHRASE } from '../support/temporary-vault.ts';
import { TesseraCommand } from '../support/tessera-command.ts';

let practice: PracticeServer;
beforeAll(async () => {
  practice = await startPracticeServer();
});
afterAll(() => practice.close());

function practiceToken() {
  const [token] = practice.tokens;
  if (token?.tokenId === undefined) throw new Error('The practice API made no token.');
  return { id: token.tokenId, secret: token.secret };
}

/** A vault with the app Phone and its token main, as in the README. */
async function prepare(tessera: TesseraCommand): Promise<void> {
  const { id, secret } = practiceToken();
  await tessera.run(['vault', 'init']);
  await tessera.run(['app', 'add', 'Phone', '--provider', 'sipgate', '--base-url', `${practice.url}/v2`]);
  const added = await tessera.run(
    [
      'token',
      'add',
      'main',
      '--app',
      'Phone',
      '--scheme',
      'basic',
      '--token-id',
      id,
      '--secret-stdin',
      '--expires',
      '31-01-2099',
    ],
    { input: secret },
  );
  expect(added).toMatchObject({ code: 0, stderr: '' });
}

describe('the main job by command', () => {
  it('prints status and body', async () => {
    using tessera = new TesseraCommand();
    await prepare(tessera);
    const sent = await tessera.run(['send', 'GET', '/account', '--app', 'Phone', '--token', 'main']);
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(sent.stdout).toMatch(/^Status: 200 OK\nBody: \{"company":.*\}\n$/);
  });

  it('answers one JSON value with --json, before or after the command', async () => {
    using tessera = new TesseraCommand();
    await prepare(tessera);
    const after = await tessera.run(['send', '/account', '--app', 'Phone', '--json']);
    expect(Object.keys(JSON.parse(after.stdout))).toEqual([
      'status',
      'statusText',
      'httpVersion',
      'url',
      'hops',
      'headers',
      'body',
      'bodyBytes',
      'truncated',
      'redactions',
      'timings',
    ]);
    const before = await tessera.run(['--json', 'token', 'list', '--app', 'Phone']);
    expect(JSON.parse(before.stdout)).toEqual([
      expect.objectContaining({
        name: 'main',
        app: 'Phone',
        scheme: 'basic',
        provider: 'sipgate',
        scopes: [],
        state: 'valid',
      }),
    ]);
    expect(before.stdout).not.toContain(practiceToken().secret);
  });

  it('shows sipgate’s hint where the token is wrong, and fails only when told to', async () => {
    using tessera = new TesseraCommand();
    await prepare(tessera);
    await tessera.run(
      [
        'token',
        'add',
        'bad',
        '--app',
        'Phone',
        '--scheme',
        'basic',
        '--token-id',
        'token-AAAAAA',
        '--secret-stdin',
      ],
      {
        input: 'not the token',
      },
    );
    const sent = await tessera.run(['send', '/account', '--app', 'Phone', '--token', 'bad']);
    expect(sent.stdout).toContain('Status: 401 Unauthorized');
    expect(sent.stderr).toContain('Hint: Token ID or token are wrong');
    expect(sent.code).toBe(0);
    expect((await tessera.run(['send', '/account', '--app', 'Phone', '--token', 'bad', '--fail'])).code).toBe(
      1,
    );
  });

  it('sends no credential to an origin that is not allowed: not at first, not after a redirect', async () => {
    await using elsewhere = await recordingServer();
    using tessera = new TesseraCommand();
    await prepare(tessera);
    const direct = await tessera.run([
      'send',
      'GET',
      `${elsewhere.url}/x`,
      '--app',
      'Phone',
      '--token',
      'main',
    ]);
    expect(direct).toMatchObject({ code: 4, stdout: '' });
    expect(direct.stderr).toContain('ORIGIN_NOT_ALLOWED');
    expect(elsewhere.requests).toEqual([]);

    const redirect = `${practice.url}/redirect-to?url=${elsewhere.url}/x`;
    const redirected = await tessera.run(['send', redirect, '--app', 'Phone', '--token', 'main', '--json']);
    expect(
      JSON.parse(redirected.stdout).hops.map(({ credential }: { credential: string }) => credential),
    ).toEqual(['sent', 'withheld']);
    expect(elsewhere.requests).toHaveLength(1);
    const { id, secret } = practiceToken();
    for (const form of [secret, Buffer.from(`${id}:${secret}`).toString('base64')]) {
      expect(elsewhere.everything()).not.toContain(form);
    }
  });

  it('leaves nothing readable in the home, in any encoding', async () => {
    using tessera = new TesseraCommand();
    await prepare(tessera);
    await tessera.run(['send', '/account', '--app', 'Phone']);
    const files = readdirSync(tessera.home, { recursive: true, encoding: 'utf8' })
      .map((name) => join(tessera.home, name))
      .filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const secret of [practiceToken().secret, PASSPHRASE, 'Phone', practiceToken().id, 'sipgate']) {
      for (const form of forms(secret)) {
        for (const file of files)
          expect(readFileSync(file).includes(form), `${file} holds ${secret}`).toBe(false);
      }
    }
  });
});

/** A text as bytes, plain, in hex, in UTF-16 and in Base64 at each of its three alignments. */
function forms(text: string): Buffer[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('\0'.repeat(shift) + text).toString('base64');
    // Only the characters that depend on nothing but the text.
    return encoded.slice(shift === 0 ? 0 : 4, encoded.length - 4);
  });
  return [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(Buffer.from(text).toString('hex')),
    ...base64.map((each) => Buffer.from(each)),
  ].filter(({ length }) => length >= 4);
}
