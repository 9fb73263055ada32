import { join } from 'node:path';
import { parseInput } from '../../shared/parse-input.ts';
import { type Settings, settingsChangesSchema, settingsSchema } from '../../shared/settings/settings.ts';
import type { DocumentStore, OpenDocument } from '../storage/document-store.ts';
import { explainWriteFailure } from '../storage/explain-write-failure.ts';

/** What the user prefers, in the clear: nothing here is secret, and it is needed before the vault is open. */
export class SettingsFile {
  readonly #store: DocumentStore;

  constructor(home: string, openDocument: OpenDocument) {
    this.#store = openDocument(join(home, 'settings.json'));
  }

  /** A file that cannot be read gives the defaults; it is replaced at the next change. */
  read(): Settings {
    try {
      return settingsSchema.parse(this.#store.read() ?? {});
    } catch {
      return settingsSchema.parse({});
    }
  }

  change(input: unknown): Settings {
    const changes = parseInput(settingsChangesSchema, input, 'Settings');
    const changed = settingsSchema.parse({ ...this.read(), ...changes });
    explainWriteFailure(this.#store.path, () => this.#store.write(changed));
    return changed;
  }
}
