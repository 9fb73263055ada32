import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Response } from '../../shared/requests/response.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { CodeEditor, type EditorLanguage } from '../editor/code-editor.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './response-view.module.css';

/** Characters fetched at a time: a long body is never in the window as a whole unless asked for. */
const PIECE = 1_000_000;

export function ResponseBody({
  responseId,
  response: { mediaType, bodyBytes },
}: {
  readonly responseId: string;
  readonly response: Response;
}) {
  const [formatted, setFormatted] = useState(true);
  const isText = isTextual(mediaType);
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['response', responseId, formatted],
    queryFn: ({ pageParam }) =>
      unwrap(tessera.responses.text({ responseId, formatted, offset: pageParam, length: PIECE })),
    initialPageParam: 0,
    getNextPageParam: ({ characters }, _pages, offset) =>
      offset + PIECE < characters ? offset + PIECE : undefined,
    enabled: isText && bodyBytes > 0,
    gcTime: 0,
  });
  const text = data?.pages.map((page) => page.text).join('') ?? '';
  return (
    <>
      <div className={styles.tools}>
        {isText && (
          <label>
            <input
              type="checkbox"
              checked={formatted}
              onChange={(event) => setFormatted(event.target.checked)}
            />{' '}
            Formatted
          </label>
        )}
        <Button
          kind="quiet"
          isDisabled={!isText}
          onPress={() => void tessera.responses.copy({ responseId, formatted })}
        >
          Copy
        </Button>
        <Button kind="quiet" onPress={() => void tessera.responses.save({ responseId })}>
          Save to file…
        </Button>
        {hasNextPage && (
          <Button kind="quiet" onPress={() => void fetchNextPage()}>
            Load more
          </Button>
        )}
      </div>
      <ErrorBanner error={error} />
      {bodyBytes === 0 && <p className={styles.note}>The answer has no body.</p>}
      {bodyBytes > 0 && !isText && (
        <p className={styles.note}>
          {mediaType || 'This'} is no text. Save it to a file to open it elsewhere.
        </p>
      )}
      {bodyBytes > 0 && isText && (
        <CodeEditor label="Body of the answer" language={languageOf(mediaType)} value={text} />
      )}
    </>
  );
}

/** HTML is shown as text like everything else: nothing that a server sends is ever rendered. */
function isTextual(mediaType: string): boolean {
  return (
    mediaType === '' ||
    mediaType.startsWith('text/') ||
    /json|xml|javascript|yaml|x-www-form-urlencoded|graphql/.test(mediaType)
  );
}

function languageOf(mediaType: string): EditorLanguage {
  if (mediaType.includes('json')) return 'json';
  return /xml|html/.test(mediaType) ? 'xml' : 'text';
}
