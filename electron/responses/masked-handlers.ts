import { Spool } from '../../core/spool/spool.ts';
import { AppError } from '../../shared/app-error.ts';
import type { MaskedField } from '../../shared/responses/masked-value.ts';
import type { IpcHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

/** How long the secrets of an answer stay on screen. */
const SHOWN_SECONDS = 300;

/** Fields that are offered: an answer may have thousands. */
const MOST_FIELDS = 100;

type MaskedHandlers = Pick<
  IpcHandlers,
  'responses.masked' | 'responses.saveMasked' | 'responses.showSecrets'
>;

/** What can be done with the masks of an answer. */
export function maskedHandlers(context: ShellContext): MaskedHandlers {
  const { tessera, responses, maskedAnswers, contentProtection } = context;
  return {
    'responses.masked': ({ responseId }) => {
      const { masks, isFull } = maskedAnswers.get(responseId).originals;
      const fields = masks.flatMap(({ field, length, isKnown }, index): MaskedField[] =>
        field === null ? [] : [{ index, field, bytes: length, isKnown }],
      );
      return { fields: fields.slice(0, MOST_FIELDS), masks: masks.length, isIncomplete: isFull };
    },
    'responses.saveMasked': ({ responseId, index, ...token }) => {
      const { appId, originals } = maskedAnswers.get(responseId);
      const secret = jsonText(originals.open(index));
      return tessera.describeToken(tessera.tokens.add(appId, { ...token, secret }));
    },
    'responses.showSecrets': ({ responseId }) => {
      tessera.confirmation.require();
      const { originals } = maskedAnswers.get(responseId);
      const { body: masked, ...facts } = responses.get(responseId);
      const body = new Spool(tessera.spoolFolder);
      try {
        for (const piece of originals.restore(masked)) body.append(piece);
        body.end();
      } catch (error) {
        body.close();
        throw error;
      }
      contentProtection.protectFor(SHOWN_SECONDS);
      return {
        responseId: responses.add({ ...facts, body }),
        headers: originals.headers(),
        hidesAfter: SHOWN_SECONDS,
      };
    },
  };
}

/** What a JSON text says: the bytes are its inside, escapes and all. */
function jsonText(inside: Buffer): string {
  const text = inside.toString('utf8');
  inside.fill(0);
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    throw new AppError('INVALID_INPUT', 'This value is not whole, and cannot be kept as a token.');
  }
}
