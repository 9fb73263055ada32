import { useState } from 'react';
import type { BodyCharset } from '../../shared/responses/charset.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { type BodyMode, languageOf, modesFor } from './body-kind.ts';
import { CharsetChoice, useCharset } from './charset-choice.tsx';
import { EventTable } from './event-table.tsx';
import type { OnMask } from './on-mask.ts';
import { Picture } from './picture.tsx';
import styles from './response-view.module.css';
import { RowView } from './row-view.tsx';

const MODE_NAMES: Readonly<Record<BodyMode, string>> = {
  pretty: 'Pretty',
  raw: 'Raw',
  events: 'Events',
  picture: 'Picture',
  hex: 'Hex',
};

interface ResponseBodyProps {
  readonly responseId: string;
  readonly mediaType: string;
  readonly isComplete: boolean;
  /** Bytes that have come; changes when more has. */
  readonly receivedBytes: number;
  readonly onMask: OnMask;
}

/** A body, in the ways that make sense for it, also while it comes. */
export function ResponseBody(props: ResponseBodyProps) {
  const { responseId, mediaType, isComplete, receivedBytes, onMask } = props;
  const modes = modesFor(mediaType);
  const [chosen, choose] = useState<BodyMode>(modes[0]);
  const [wraps, setWraps] = useState(true);
  const [isFinding, setFinding] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const charset = useCharset(responseId, isComplete && receivedBytes > 0);
  const mode = modes.includes(chosen) ? chosen : modes[0];
  const isRows = mode === 'pretty' || mode === 'raw' || mode === 'hex';
  const attempt = (work: Promise<unknown>) => {
    setError(null);
    work.catch(setError);
  };
  if (isComplete && receivedBytes === 0) return <p className={styles.note}>The answer has no body.</p>;
  return (
    <>
      <div className={styles.tools}>
        <fieldset className={styles.modes} aria-label="Show the body as">
          {modes.map((each) => (
            <button key={each} type="button" aria-pressed={mode === each} onClick={() => choose(each)}>
              {MODE_NAMES[each]}
            </button>
          ))}
        </fieldset>
        {(mode === 'pretty' || mode === 'raw') && (
          <>
            <Button kind="quiet" aria-pressed={wraps} onPress={() => setWraps(!wraps)}>
              {wraps ? 'Do not wrap' : 'Wrap lines'}
            </Button>
            <Button kind="quiet" onPress={() => setFinding(true)}>
              Find…
            </Button>
          </>
        )}
        <Button
          kind="quiet"
          isDisabled={mode === 'picture' || mode === 'hex'}
          onPress={() =>
            attempt(unwrap(tessera.responses.copy({ responseId, kind: mode === 'pretty' ? mode : 'raw' })))
          }
        >
          Copy
        </Button>
        <Button kind="quiet" onPress={() => attempt(unwrap(tessera.responses.save({ responseId })))}>
          Save to file…
        </Button>
        {isRows && mode !== 'hex' && charset !== undefined && (
          <CharsetChoice responseId={responseId} charset={charset.charset} />
        )}
      </div>
      <ErrorBanner error={error} />
      {isRows && charset !== undefined && charset.wrong > 0 && (
        <div className={styles.notices}>
          <Banner tone="warn">
            {wrongNote(charset)} They show as �; Hex and Save to file have them as they came.
          </Banner>
        </div>
      )}
      {isRows && (
        <RowView
          responseId={responseId}
          charset={charset?.charset}
          kind={mode}
          language={languageOf(mediaType)}
          wraps={wraps}
          isFinding={isFinding && mode !== 'hex'}
          onFind={setFinding}
          isComplete={isComplete}
          receivedBytes={receivedBytes}
          onMask={onMask}
        />
      )}
      {mode === 'events' && (
        <EventTable responseId={responseId} isComplete={isComplete} receivedBytes={receivedBytes} />
      )}
      {mode === 'picture' && isComplete && <Picture responseId={responseId} />}
    </>
  );
}

function wrongNote({ charset, wrong }: BodyCharset): string {
  if (charset === 'utf-8') return wrong === 1 ? '1 byte is not UTF-8.' : `${wrong} bytes are not UTF-8.`;
  return wrong === 1 ? `One place is not ${charset}.` : `${wrong} places are not ${charset}.`;
}
