import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HttpRecorder } from '../support/http-recorder.ts';
import { homeWithToken, SECRET, TemporaryFolder, tessera } from '../support/run-command.ts';
import { PASSPHRASE, type TemporaryHome } from '../support/temporary-vault.ts';
import { tesseraOnTerminal } from '../support/terminal.ts';

const CTRL_C = '\x03';
const noVariable = { TESSERA_PASSPHRASE: undefined };

let server: HttpRecorder;
let home: TemporaryHome;

beforeAll(async () => {
  server = await HttpRecorder.start();
  home = await homeWithToken(server.url);
});
beforeEach(() => {
  server.requests.length = 0;
});
afterAll(() => {
  server.close();
  home[Symbol.dispose]();
});

// That nothing typed is shown, the helper checks.
describe.skipIf(process.platform !== 'linux')('on a terminal', () => {
  it('asks for a new passphrase twice', async () => {
    using folder = new TemporaryFolder();
    const options = { home: folder.path, env: noVariable };
    const made = await tesseraOnTerminal(
      ['vault', 'init'],
      [
        ['Passphrase: ', `${PASSPHRASE}\r`],
        ['Once more: ', `${PASSPHRASE}\r`],
      ],
      options,
    );
    expect(made.code).toBe(0);
    expect(made.screen).toContain('There is a new vault');
    expect((await tessera(['app', 'list'], { home: folder.path })).code).toBe(0);
  });

  it('makes nothing where the two differ', async () => {
    using folder = new TemporaryFolder();
    const { code, screen } = await tesseraOnTerminal(
      ['vault', 'init'],
      [
        ['Passphrase: ', `${PASSPHRASE}\r`],
        ['Once more: ', 'something else\r'],
      ],
      { home: folder.path, env: noVariable },
    );
    expect(code).toBe(2);
    expect(screen).toContain('The two passphrases differ. Nothing was done.');
    expect((await tessera(['app', 'list'], { home: folder.path })).code).toBe(3);
  });

  it('asks for passphrase and secret, and shows neither, not even with --secret-stdin', async () => {
    const { code, screen } = await tesseraOnTerminal(
      ['token', 'add', 'typed', '--app', 'Phone', '--scheme', 'bearer', '--secret-stdin'],
      [
        ['Passphrase: ', `${PASSPHRASE}\r`],
        ['Secret: ', `${SECRET}\r`],
      ],
      { home: home.path, env: noVariable },
    );
    expect(code).toBe(0);
    expect(screen).toContain('Kept typed for Phone: expiry not known.');
    await tessera(['send', '/x', '--app', 'Phone', '--token', 'typed'], { home: home.path });
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  it('ends with 130 where Ctrl+C answers the question', async () => {
    const { code, screen } = await tesseraOnTerminal(['app', 'list'], [['Passphrase: ', CTRL_C]], {
      home: home.path,
      env: noVariable,
    });
    expect(code).toBe(130);
    expect(screen).toContain('CANCELLED');
  });

  it('colours the status, and lets no answer drive the terminal', async () => {
    server.answer = (_request, response) => response.end('\x1b]0;gotcha\x07 \x1b[2J done');
    const args = ['send', '/x', '--app', 'Phone', '--token', 'main'];
    const { screen } = await tesseraOnTerminal(args, [], { home: home.path });
    expect(screen).toContain('\x1b[32m200 OK\x1b[39m');
    expect(screen).toContain('Body: \\x1b]0;gotcha\\x07 \\x1b[2J done');
    const plain = await tesseraOnTerminal(args, [], { home: home.path, env: { NO_COLOR: '1' } });
    expect(plain.screen).not.toContain('\x1b');
  });

  it('shows a body that is not text by its size, and what to do', async () => {
    server.answer = (_request, response) => response.end(Buffer.from([0, 1, 2, 255]));
    const args = ['send', '/x', '--app', 'Phone', '--token', 'main'];
    const { screen } = await tesseraOnTerminal(args, [], { home: home.path });
    expect(screen).toContain('Body: 4 bytes that are not text. Write them to a file with -o FILE.');
  });
});
