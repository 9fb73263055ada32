import styles from './tokens.module.css';

/** Names that are written out; of more, how many there are is what counts. */
const NAMED = 8;

interface TokenNamesProps {
  readonly tokens: readonly { readonly id: string; readonly name: string }[];
}

/** Which ones are meant. */
export function TokenNames({ tokens }: TokenNamesProps) {
  return (
    <ul className={styles.named}>
      {tokens.slice(0, NAMED).map(({ id, name }) => (
        <li key={id}>{name}</li>
      ))}
      {tokens.length > NAMED && <li>and {(tokens.length - NAMED).toLocaleString()} more</li>}
    </ul>
  );
}
