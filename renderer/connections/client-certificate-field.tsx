import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { ClientCertificate } from '../../shared/connections/connection-settings.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import styles from './connections.module.css';

/** The certificate by which an app is known to servers. It is kept at once, not with the rest of the dialog. */
export function ClientCertificateField({ app }: { readonly app: App }) {
  const { clientCertificate } = app.connection;
  const [fileNames, setFileNames] = useState<readonly string[] | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const choose = useMutation({
    mutationFn: (kind: 'pem' | 'pfx') => unwrap(tessera.connections.chooseClientCertificate({ kind })),
    onSuccess: (chosen) => setFileNames(chosen?.fileNames ?? null),
  });
  const keep = useMutation({
    mutationFn: () =>
      confirmed(() =>
        tessera.connections.setClientCertificate({
          appId: app.id,
          passphrase: passphrase === '' ? null : passphrase,
        }),
      ),
    onSuccess: () => {
      setFileNames(null);
      setPassphrase('');
      refresh('apps');
    },
  });
  const remove = useMutation({
    mutationFn: () => confirmed(() => tessera.connections.removeClientCertificate({ appId: app.id })),
    onSuccess: () => refresh('apps'),
  });
  return (
    <div>
      <div className={styles.row}>
        <span>Client certificate: {describe(clientCertificate)}</span>
        <Button onPress={() => choose.mutate('pem')}>PEM files…</Button>
        <Button onPress={() => choose.mutate('pfx')}>PFX file…</Button>
        {clientCertificate !== null && (
          <Button kind="danger" onPress={() => remove.mutate()}>
            Take away
          </Button>
        )}
      </div>
      {fileNames !== null && (
        <div className={styles.test}>
          <TextField
            label={`Passphrase of ${fileNames.join(' and ')}`}
            value={passphrase}
            onChange={setPassphrase}
            type="password"
            hint="Leave it empty where the key has none."
          />
          <Button onPress={() => keep.mutate()}>Keep it</Button>
        </div>
      )}
      <ErrorBanner error={choose.error ?? keep.error ?? remove.error} />
    </div>
  );
}

function describe(certificate: ClientCertificate | null): string {
  if (certificate === null) return 'none';
  const { kind, subject, validTo } = certificate;
  const name = subject ?? (kind === 'pfx' ? 'from a PFX file' : 'from PEM files');
  return validTo === null ? name : `${name}, until ${validTo.slice(0, 10)}`;
}
