import { type ByteSource, piecesOf } from '../spool/byte-source.ts';
import { Spool } from '../spool/spool.ts';
import type { SpoolFolder } from '../spool/spool-folder.ts';
import { JsonLayout } from './json-layout.ts';

/** Laid-out text may be so much longer than the body; past it the body is shown as it came. */
const MOST_GROWTH = 8;

/** JSON over lines, which can be read while it is being laid out. */
export class PrettyText {
  readonly text: Spool;
  #state: 'coming' | 'whole' | 'refused' = 'coming';

  /** @param turn lets others be heard; throws where nobody waits any more */
  constructor(json: ByteSource, folder: SpoolFolder, turn: () => Promise<void>) {
    this.text = new Spool(folder);
    void this.#fill(json, turn);
  }

  /** `refused`: it is not JSON, grows out of all proportion, or does not go onto the disk. */
  get state(): 'coming' | 'whole' | 'refused' {
    return this.#state;
  }

  close(): void {
    this.text.close();
  }

  async #fill(json: ByteSource, turn: () => Promise<void>): Promise<void> {
    try {
      const layout = new JsonLayout((bytes) => this.text.append(bytes));
      let isJson = true;
      for (const piece of piecesOf(json)) {
        isJson = layout.write(piece) && this.text.length <= MOST_GROWTH * (json.length + 1000);
        if (!isJson) break;
        await turn();
      }
      const isWhole = layout.end() && isJson;
      this.text.end();
      this.#state = isWhole ? 'whole' : 'refused';
    } catch {
      this.#state = 'refused';
    }
  }
}
