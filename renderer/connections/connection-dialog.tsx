import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { Response } from '../../shared/requests/response.ts';
import { refresh, useApps } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { formatDuration } from '../responses/measures.ts';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { CheckField, SelectField, TextField } from '../ui/fields.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { AuthoritiesField } from './authorities-field.tsx';
import { ClientCertificateField } from './client-certificate-field.tsx';
import { type ConnectionDraft, changesOf, draftOf } from './connection-draft.ts';
import styles from './connections.module.css';

interface ConnectionDialogProps {
  readonly app: App;
  readonly onClose: () => void;
}

interface SectionProps {
  readonly draft: ConnectionDraft;
  readonly change: (changes: Partial<ConnectionDraft>) => void;
}

/** How an app's requests get to their servers. */
export function ConnectionDialog({ app: given, onClose }: ConnectionDialogProps) {
  // The client certificate is kept while the dialog is open.
  const { data: apps = [] } = useApps();
  const app = apps.find(({ id }) => id === given.id) ?? given;
  const [draft, setDraft] = useState(() => draftOf(given.connection));
  const change = (changes: Partial<ConnectionDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const save = async () => {
    await confirmed(() => tessera.connections.change({ appId: app.id, changes: changesOf(draft) }));
    change({ proxyPassword: '' });
    refresh('apps');
  };
  const saving = useMutation({ mutationFn: save, onSuccess: onClose });
  return (
    <FormDialog
      title={`Connection of ${app.name}`}
      action="Save"
      isBusy={saving.isPending}
      onClose={onClose}
      onSubmit={() => saving.mutate()}
    >
      <ProxySection draft={draft} change={change} hasPassword={app.connection.proxyPasswordId !== null} />
      <fieldset className={styles.section}>
        <legend>Certificates</legend>
        <AuthoritiesField paths={draft.caFiles} onChange={(caFiles) => change({ caFiles })} />
        <ClientCertificateField app={app} />
        <SelectField
          label="Least version of TLS"
          value={draft.minTlsVersion}
          onChange={(minTlsVersion) => change({ minTlsVersion })}
          options={[
            { value: 'TLSv1.2', label: 'TLS 1.2' },
            { value: 'TLSv1.3', label: 'TLS 1.3' },
          ]}
        />
        <CheckField
          label="Check the certificates of servers"
          isChecked={draft.verifiesCertificates}
          onChange={(verifiesCertificates) => change({ verifiesCertificates })}
        />
        {!draft.verifiesCertificates && (
          <Banner tone="bad">
            Without this check, whoever stands between can read and change what is sent, tokens included.
            Better add the file of the server’s authority.
          </Banner>
        )}
      </fieldset>
      <AddressSection draft={draft} change={change} />
      <ErrorBanner error={saving.error} />
      <ConnectionTest app={app} save={save} />
    </FormDialog>
  );
}

function ProxySection({ draft, change, hasPassword }: SectionProps & { readonly hasPassword: boolean }) {
  return (
    <fieldset className={styles.section}>
      <legend>Proxy</legend>
      <SelectField
        label="Which"
        value={draft.proxyKind}
        onChange={(proxyKind) => change({ proxyKind })}
        options={[
          { value: 'system', label: 'The system’s: HTTP_PROXY and its like, else its settings' },
          { value: 'none', label: 'None' },
          { value: 'own', label: 'One of its own' },
        ]}
      />
      {draft.proxyKind === 'own' && (
        <>
          <TextField
            label="URL"
            value={draft.proxyUrl}
            onChange={(proxyUrl) => change({ proxyUrl })}
            placeholder="http://proxy.example.com:3128"
            hint="http://, https:// or socks5://"
            isValue
          />
          <div className={styles.pair}>
            <TextField
              label="User name"
              value={draft.proxyUser}
              onChange={(proxyUser) => change({ proxyUser })}
              isValue
            />
            <TextField
              label="Password"
              type="password"
              value={draft.proxyPassword}
              onChange={(proxyPassword) => change({ proxyPassword })}
              hint={hasPassword ? 'One is kept. Type to replace it.' : 'Sealed in the vault.'}
            />
          </div>
        </>
      )}
    </fieldset>
  );
}

function AddressSection({ draft, change }: SectionProps) {
  return (
    <fieldset className={styles.section}>
      <legend>Addresses</legend>
      <TextField
        label="Addresses for hosts"
        value={draft.hostOverrides}
        onChange={(hostOverrides) => change({ hostOverrides })}
        placeholder="api.example.com:443:127.0.0.1"
        hint="host:port:address, several separated by spaces; * for every port. A proxy looks names up by itself."
        isValue
      />
      <TextField
        label="Unix socket"
        value={draft.unixSocket}
        onChange={(unixSocket) => change({ unixSocket })}
        placeholder="/run/service.sock"
        hint="Takes the place of the network; the URL still names host and path."
        isValue
      />
      <SelectField
        label="IP"
        value={draft.ipVersion}
        onChange={(ipVersion) => change({ ipVersion })}
        options={[
          { value: 'any', label: 'Version 6 or 4, whichever answers first' },
          { value: '4', label: 'Version 4 alone' },
          { value: '6', label: 'Version 6 alone' },
        ]}
      />
      <CheckField
        label="Speak HTTP/2 where the server does"
        isChecked={draft.http2}
        onChange={(http2) => change({ http2 })}
      />
    </fieldset>
  );
}

function ConnectionTest({ app, save }: { readonly app: App; readonly save: () => Promise<void> }) {
  const [url, setUrl] = useState(
    app.baseUrl ?? app.allowedOrigins.find((origin) => !origin.includes('*')) ?? '',
  );
  const test = useMutation({
    mutationFn: async () => {
      await save();
      return unwrap(tessera.connections.test({ appId: app.id, url }));
    },
  });
  return (
    <fieldset className={styles.section}>
      <legend>Try it</legend>
      <div className={styles.test}>
        <TextField label="URL, asked for without a token" value={url} onChange={setUrl} isValue />
        <Button isDisabled={test.isPending || url === ''} onPress={() => test.mutate()}>
          Save and try
        </Button>
      </div>
      {test.data !== undefined && <Banner tone="good">{outcome(test.data)}</Banner>}
      <ErrorBanner error={test.error} />
    </fieldset>
  );
}

/** Any answer shows that the connection works, a 401 too. */
function outcome({ status, statusText, hops, timings }: Response): string {
  const connection = hops.at(-1)?.connection;
  const facts = [
    `HTTP/${hops.at(-1)?.httpVersion}`,
    ...(connection?.tls == null ? [] : [connection.tls.version]),
    ...(connection?.proxy == null ? [] : [`over the proxy ${connection.proxy}`]),
  ];
  return `It connects: ${`${status} ${statusText}`.trim()} from ${connection?.peer ?? 'the server'} in ${formatDuration(timings.totalMs)}, ${facts.join(', ')}.`;
}
