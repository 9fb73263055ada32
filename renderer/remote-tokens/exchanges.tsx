import type { ManagementExchange } from '../../shared/tokens/remote-token.ts';
import styles from './remote-tokens.module.css';

const MOST_ROWS = 8;

/** What was sent to the provider and what it answered, for who wants to know; secrets are masked. */
export function Exchanges({ exchanges }: { readonly exchanges: readonly ManagementExchange[] }) {
  if (exchanges.length === 0) return null;
  return (
    <details className={styles.exchanges}>
      <summary>What was exchanged</summary>
      {exchanges.map((exchange, index) => (
        <Exchange key={`${index + 1} ${exchange.url}`} exchange={exchange} />
      ))}
    </details>
  );
}

function Exchange({ exchange }: { readonly exchange: ManagementExchange }) {
  const { method, url, sent, status, statusText, answer } = exchange;
  const text = readable(answer);
  return (
    <section className={styles.exchange} aria-label={`${method} ${url}`}>
      <p className={styles.line}>
        <strong>{method}</strong> {url}
      </p>
      {sent.length > 0 && (
        <dl className={styles.sent}>
          {sent.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className={styles.line}>
        <strong>{status}</strong> {statusText}
      </p>
      {answer !== '' && (
        // It scrolls, by keyboard too.
        <textarea
          className={styles.answer}
          aria-label="Answer"
          rows={Math.min(MOST_ROWS, text.split('\n').length)}
          value={text}
          readOnly
        />
      )}
    </section>
  );
}

/** JSON over several lines; as it came where it is none, or was shortened. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
