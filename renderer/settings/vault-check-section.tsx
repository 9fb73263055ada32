import { useMutation } from '@tanstack/react-query';
import type { VaultReport } from '../../shared/vault/vault.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { PageSection } from '../shell/page.tsx';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toasts.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import styles from './settings.module.css';

/** Opens everything in the vault and says what is damaged. */
export function VaultCheckSection() {
  const check = useMutation({ mutationFn: () => unwrap(tessera.vault.verify()) });
  const setAside = useMutation({
    mutationFn: () => confirmed(() => tessera.vault.setDamagedAside()),
    onSuccess: ({ path }) => {
      refresh('apps', 'tokens');
      check.reset();
      toast(path === null ? 'Nothing is damaged.' : `What was damaged is in ${path} now.`);
    },
  });
  const damaged = check.data?.damaged.length ?? 0;
  return (
    <PageSection title="Check the vault">
      <p className={styles.note}>Reads every file anew and opens everything in it. Nothing is changed.</p>
      {check.data !== undefined && <Findings report={check.data} />}
      <div className={styles.actions}>
        <Button isDisabled={check.isPending} onPress={() => check.mutate()}>
          {check.isPending ? 'Checking…' : 'Check now'}
        </Button>
        {damaged > 0 && (
          <Button kind="danger" isDisabled={setAside.isPending} onPress={() => setAside.mutate()}>
            Move what is damaged out of the vault
          </Button>
        )}
      </div>
      <ErrorBanner error={check.error ?? setAside.error} />
    </PageSection>
  );
}

function Findings({ report: { apps, records, damaged, strayFiles } }: { readonly report: VaultReport }) {
  if (damaged.length > 0) {
    return (
      <Banner tone="bad">
        {damaged.length === 1 ? 'One entry is' : `${damaged.length} entries are`} damaged:{' '}
        {damaged[0]?.reason}. The rest opens.
      </Banner>
    );
  }
  return (
    <Banner tone="good">
      {apps} {apps === 1 ? 'app' : 'apps'} and {records} {records === 1 ? 'token' : 'tokens'} opened; nothing
      is damaged.
      {strayFiles.length > 0 && ` ${strayFiles.length} files beside them belong to no app of this vault.`}
    </Banner>
  );
}
