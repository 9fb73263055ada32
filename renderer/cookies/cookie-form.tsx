import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type { CookieListItem } from '../../shared/cookies/cookie.ts';
import { parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { CheckField, TextField } from '../ui/fields.tsx';
import styles from './cookies.module.css';

interface CookieFormProps {
  readonly app: App;
  /** `null` for a new one. */
  readonly cookie: CookieListItem | null;
  readonly onClose: () => void;
}

/** A new cookie, or another value or reach for one that is there. */
export function CookieForm({ app, cookie, onClose }: CookieFormProps) {
  const [name, setName] = useState(cookie?.name ?? '');
  const [value, setValue] = useState('');
  const [domain, setDomain] = useState(cookie?.domain ?? hostOf(app));
  const [path, setPath] = useState(cookie?.path ?? '/');
  const [expires, setExpires] = useState(cookie?.expiresAt ?? '');
  const [hasSubdomains, setSubdomains] = useState(cookie?.hostOnly === false);
  const [secure, setSecure] = useState(cookie?.secure ?? app.baseUrl?.startsWith('https:') === true);
  const expiresAt = expires.trim() === '' ? null : parseExpiryDate(expires);
  const isBadDate = expires.trim() !== '' && expiresAt === null;
  const save = useMutation({
    mutationFn: async () => {
      const keepsValue = cookie !== null && value === '';
      const { httpOnly = false, sameSite = null } = cookie ?? {};
      const attributes = { hostOnly: !hasSubdomains, secure, expiresAt, httpOnly, sameSite };
      const key = { domain, path, name };
      await unwrap(
        tessera.cookies.set({
          appId: app.id,
          cookie: { ...key, ...attributes, value: keepsValue ? null : value },
        }),
      );
    },
    onSuccess: onClose,
  });
  const failedAt = save.error instanceof AppError ? String(save.error.details?.path ?? '') : '';
  const problem = (field: string) =>
    failedAt.endsWith(field) && save.error instanceof AppError ? save.error.message : undefined;
  return (
    <FormDialog
      title={cookie === null ? 'Add a cookie' : `Edit ${cookie.name}`}
      action={cookie === null ? 'Add cookie' : 'Save'}
      isReady={!isBadDate}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      {cookie === null && (
        <>
          <TextField label="Name" value={name} onChange={setName} error={problem('name')} isValue autoFocus />
          <div className={styles.columns}>
            <TextField label="Domain" value={domain} onChange={setDomain} error={problem('domain')} isValue />
            <TextField label="Path" value={path} onChange={setPath} error={problem('path')} isValue />
          </div>
        </>
      )}
      <TextField
        label="Value"
        type="password"
        value={value}
        onChange={setValue}
        error={problem('value')}
        hint={cookie === null ? undefined : 'Left empty, it stays as it is.'}
        isValue
      />
      <TextField
        label="Expires"
        value={expires}
        onChange={setExpires}
        placeholder="until removed"
        error={isBadDate ? 'Write 2027-01-31 or 31-01-2027.' : undefined}
      />
      <CheckField label="Goes to sub-domains too" isChecked={hasSubdomains} onChange={setSubdomains} />
      <CheckField label="Goes over https only" isChecked={secure} onChange={setSecure} />
      {failedAt === '' && <ErrorBanner error={save.error} />}
    </FormDialog>
  );
}

function hostOf({ baseUrl }: App): string {
  return baseUrl === null ? '' : new URL(baseUrl).hostname;
}
