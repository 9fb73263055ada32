import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A D-Bus of the test's own, on which nobody else listens. Linux. */
export class PrivateBus {
  readonly address: string;
  readonly #daemon: ChildProcess;

  private constructor(daemon: ChildProcess, address: string) {
    this.#daemon = daemon;
    this.address = address;
  }

  static async start(): Promise<PrivateBus> {
    const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // Without the program there is an error and no output: then the test fails with it.
    const [chunk] = (await once(daemon.stdout, 'data')) as [Buffer];
    return new PrivateBus(daemon, chunk.toString('utf8').trim());
  }

  async stop(): Promise<void> {
    this.#daemon.kill('SIGKILL');
    await once(this.#daemon, 'exit');
  }
}

/** GNOME Keyring with an empty, unlocked keyring, on a bus of its own. */
export class SecretService {
  readonly #bus: PrivateBus;
  readonly #keyring: ChildProcess;
  readonly #home: string;

  private constructor(bus: PrivateBus, keyring: ChildProcess, home: string) {
    this.#bus = bus;
    this.#keyring = keyring;
    this.#home = home;
  }

  get address(): string {
    return this.#bus.address;
  }

  static async start(): Promise<SecretService> {
    const bus = await PrivateBus.start();
    const home = mkdtempSync(join(tmpdir(), 'tessera-keyring-'));
    mkdirSync(join(home, 'run'), { mode: 0o700 });
    const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {
        PATH: process.env.PATH,
        HOME: home,
        XDG_DATA_HOME: join(home, 'data'),
        XDG_RUNTIME_DIR: join(home, 'run'),
        DBUS_SESSION_BUS_ADDRESS: bus.address,
      },
    });
    keyring.stdin?.end('the password of the keyring');
    await serviceIsThere(bus.address);
    return new SecretService(bus, keyring, home);
  }

  async stop(): Promise<void> {
    this.#keyring.kill('SIGKILL');
    await once(this.#keyring, 'exit');
    await this.#bus.stop();
    rmSync(this.#home, { recursive: true, force: true });
  }
}

async function serviceIsThere(address: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const asked = spawn(
      'gdbus',
      [
        'call',
        '--address',
        address,
        '--dest',
        'org.freedesktop.secrets',
        '--object-path',
        '/org/freedesktop/secrets',
        '--method',
        'org.freedesktop.DBus.Peer.Ping',
      ],
      { stdio: 'ignore' },
    );
    const [code] = (await once(asked, 'exit')) as [number | null];
    if (code === 0) return;
    await sleep(50);
  }
  throw new Error('GNOME Keyring does not answer.');
}
