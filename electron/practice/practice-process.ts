import { createInterface } from 'node:readline';
import { utilityProcess } from 'electron';
import { AppError } from '../../shared/app-error.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { type PracticeAnnouncement, practiceAnnouncementSchema } from '../../shared/practice/practice.ts';

/** Longest wait for the practice API's first line. */
const START_MS = 15_000;

/** The practice API in a process of its own, so that no fault of it can reach the vault. */
export class PracticeProcess {
  readonly #script: string;
  #running: { readonly child: Electron.UtilityProcess; readonly announcement: PracticeAnnouncement } | null =
    null;
  #starting: Promise<PracticeAnnouncement> | null = null;

  constructor(script: string) {
    this.#script = script;
  }

  get url(): string | null {
    return this.#running?.announcement.url ?? null;
  }

  /** Started once; later calls answer what is running. @throws AppError `PRACTICE_FAILED` */
  async start(): Promise<PracticeAnnouncement> {
    if (this.#running !== null) return this.#running.announcement;
    this.#starting ??= this.#launch().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  stop(): void {
    this.#running?.child.kill();
    this.#running = null;
  }

  async #launch(): Promise<PracticeAnnouncement> {
    const child = utilityProcess.fork(this.#script, ['--port', '0', '--json'], {
      serviceName: 'Tessera practice API',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.once('exit', () => {
      if (this.#running?.child === child) this.#running = null;
    });
    try {
      const announcement = await firstLine(child);
      this.#running = { child, announcement };
      return announcement;
    } catch (error) {
      child.kill();
      throw error;
    }
  }
}

function firstLine(child: Electron.UtilityProcess): Promise<PracticeAnnouncement> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new AppError('PRACTICE_FAILED', `The practice API did not start: ${why}.`));
    const timer = setTimeout(() => fail(`it said nothing for ${START_MS / 1000} seconds`), START_MS);
    child.once('exit', (code) => fail(`it ended with code ${code}`));
    if (child.stdout === null) {
      fail('its output cannot be read');
      return;
    }
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', (line) => {
      clearTimeout(timer);
      try {
        resolve(
          parseInput(practiceAnnouncementSchema, JSON.parse(line), 'The practice API', 'PRACTICE_FAILED'),
        );
      } catch {
        fail('its first line is not what was expected');
      }
    });
  });
}
