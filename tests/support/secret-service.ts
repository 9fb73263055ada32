import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Without the system's services: a call must not start a keyring that is not ours. */
const CONFIGURATION = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>`;

/** A D-Bus of the test's own, on which nobody else listens. Linux. */
export class PrivateBus {
  readonly address: string;
  readonly #daemon: ChildProcess;
  readonly #folder: string;

  private constructor(daemon: ChildProcess, folder: string, address: string) {
    this.#daemon = daemon;
    this.#folder = folder;
    this.address = address;
  }

  static async start(): Promise<PrivateBus> {
    const folder = mkdtempSync(join(tmpdir(), 'tessera-bus-'));
    const configuration = join(folder, 'bus.conf');
    writeFileSync(configuration, CONFIGURATION);
    const daemon = spawn('dbus-daemon', [`--config-file=${configuration}`, '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // Without the program there is an error and no output: then the test fails with it.
    const [chunk] = (await once(daemon.stdout, 'data')) as [Buffer];
    return new PrivateBus(daemon, folder, chunk.toString('utf8').trim());
  }

  async stop(): Promise<void> {
    this.#daemon.kill('SIGKILL');
    await once(this.#daemon, 'exit');
    rmSync(this.#folder, { recursive: true, force: true });
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

/** Once it has made its keyring: it answers before. */
async function serviceIsThere(address: string): Promise<void> {
  const path = '/org/freedesktop/secrets';
  const ask = ['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', path];
  for (let tries = 0; tries < 100; tries += 1) {
    const { stdout } = spawnSync(
      'gdbus',
      [...ask, '--method', 'org.freedesktop.Secret.Service.ReadAlias', 'default'],
      { encoding: 'utf8', env: { PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: address } },
    );
    if (stdout.includes('/collection/')) return;
    await sleep(50);
  }
  throw new Error('GNOME Keyring does not answer.');
}
