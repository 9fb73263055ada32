import { Fragment } from 'react';
import { MASK } from '../../shared/redaction/mask.ts';
import type { Response } from '../../shared/requests/response.ts';
import type { OnMask } from './on-mask.ts';
import styles from './response-view.module.css';

interface HeaderListProps extends Pick<Response, 'headers' | 'trailers'> {
  readonly onMask: OnMask;
}

/** What a server sent before a body and behind it. */
export function HeaderList({ headers, trailers, onMask }: HeaderListProps) {
  const lines = [
    ...headers.map(([name, value]) => [name, value] as const),
    ...trailers.map(([name, value]) => [`${name} (trailer)`, value] as const),
  ];
  return (
    <dl className={styles.headers}>
      {lines.map(([name, value], index) => (
        <div key={`${name} ${index + 1}`}>
          <dt>{name}</dt>
          <dd>{onMask === null ? value : <MaskedText text={value} onMask={onMask} />}</dd>
        </div>
      ))}
    </dl>
  );
}

function MaskedText({ text, onMask }: { readonly text: string; readonly onMask: () => void }) {
  return text.split(MASK).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <button type="button" className={styles.mask} aria-label="Masked: what it is" onClick={onMask}>
          {MASK}
        </button>
      )}
      {part}
    </Fragment>
  ));
}
