import type { App } from '../../shared/apps/app.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './connections.module.css';

/** Stands above the composer as long as an app takes any certificate. */
export function InsecureBanner({ app, onChange }: { readonly app: App; readonly onChange: () => void }) {
  if (app.connection.verifiesCertificates) return null;
  return (
    <div className={styles.banner}>
      <Banner tone="bad" action={<Button onPress={onChange}>Change…</Button>}>
        {app.name} takes any certificate: whoever stands between can read and change what is sent, tokens
        included.
      </Banner>
    </div>
  );
}
