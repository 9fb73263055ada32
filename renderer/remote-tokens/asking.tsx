import styles from './remote-tokens.module.css';

/** That a provider is being asked. */
export function Asking({ name }: { readonly name: string }) {
  return (
    <div className={styles.waiting} role="status">
      <progress className={styles.progress} aria-label={`Asking ${name}`} />
      Asking {name}…
    </div>
  );
}
