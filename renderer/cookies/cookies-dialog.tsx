import { useMutation, useQuery } from '@tanstack/react-query';
import { Eye, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { CookieListItem } from '../../shared/cookies/cookie.ts';
import { MASK } from '../../shared/redaction/mask.ts';
import { queryClient } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { Badge, ErrorBanner } from '../ui/banner.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog, FormDialog } from '../ui/dialog.tsx';
import { Loading, QueryError } from '../ui/query-state.tsx';
import ui from '../ui/ui.module.css';
import { confirmed } from '../vault/confirmation.tsx';
import { CookieForm } from './cookie-form.tsx';
import styles from './cookies.module.css';

interface CookiesDialogProps {
  readonly app: App;
  readonly onClose: () => void;
}

/** What servers have set for an app, by domain. */
export function CookiesDialog({ app, onClose }: CookiesDialogProps) {
  const queryKey = ['cookies', app.id];
  const asking = useQuery({
    queryKey,
    queryFn: () => unwrap(tessera.cookies.list({ appId: app.id })),
    // Every answer may have changed them.
    staleTime: 0,
  });
  const { data: cookies = [] } = asking;
  const changed = () => void queryClient.invalidateQueries({ queryKey });
  const [editing, setEditing] = useState<CookieListItem | 'new' | null>(null);
  const [isClearing, setClearing] = useState(false);
  const remove = useMutation({
    mutationFn: ({ domain, path, name }: CookieListItem) =>
      unwrap(tessera.cookies.remove({ appId: app.id, domain, path, name })),
    onSuccess: changed,
  });
  if (editing !== null) {
    const done = () => {
      changed();
      setEditing(null);
    };
    return <CookieForm app={app} cookie={editing === 'new' ? null : editing} onClose={done} />;
  }
  if (isClearing) {
    const done = () => {
      changed();
      setClearing(false);
    };
    return <ClearCookies app={app} count={cookies.length} onClose={done} />;
  }
  const domains = [...Map.groupBy(cookies, ({ domain }) => domain)];
  return (
    <Dialog title={`Cookies of ${app.name}`} onClose={onClose}>
      <p className={styles.note}>
        They go along with requests to the app’s allowed origins, where domain and path fit.
      </p>
      <QueryError query={asking} />
      <ErrorBanner error={remove.error} />
      {asking.isPending && <Loading />}
      {asking.isSuccess && cookies.length === 0 && <p>No cookies. What an answer sets is kept here.</p>}
      <div className={styles.domains}>
        {domains.map(([domain, own]) => (
          <section key={domain} aria-label={domain}>
            <h3>{domain}</h3>
            <ul>
              {own.map((cookie) => (
                <CookieRow
                  key={`${cookie.path} ${cookie.name}`}
                  app={app}
                  cookie={cookie}
                  onEdit={() => setEditing(cookie)}
                  onRemove={() => remove.mutate(cookie)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className={ui.actions}>
        {cookies.length > 0 && (
          <Button kind="danger" onPress={() => setClearing(true)}>
            Remove all…
          </Button>
        )}
        <Button onPress={() => setEditing('new')}>Add a cookie…</Button>
        <Button kind="primary" onPress={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}

interface CookieRowProps {
  readonly app: App;
  readonly cookie: CookieListItem;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function CookieRow({ app, cookie, onEdit, onRemove }: CookieRowProps) {
  const { domain, path, name, hostOnly, secure, httpOnly, expiresAt } = cookie;
  const reveal = useMutation({
    mutationFn: () => confirmed(() => tessera.cookies.reveal({ appId: app.id, domain, path, name })),
    gcTime: 0,
  });
  const { data: shown, reset } = reveal;
  useEffect(() => {
    if (shown === undefined) return;
    const timer = setTimeout(reset, shown.hidesAfter * 1000);
    return () => clearTimeout(timer);
  }, [shown, reset]);
  return (
    <li className={styles.cookie}>
      <div className={styles.about}>
        <strong>{name}</strong>
        <code>{path}</code>
        {!hostOnly && <Badge>and below</Badge>}
        {secure && <Badge>Secure</Badge>}
        {httpOnly && <Badge>HttpOnly</Badge>}
        <span className={styles.note}>
          {expiresAt === null ? 'until removed' : `until ${new Date(expiresAt).toLocaleString()}`}
        </span>
      </div>
      <code className={styles.value}>{shown?.value ?? MASK}</code>
      <ErrorBanner error={reveal.error} />
      <div className={styles.actions}>
        <IconButton
          aria-label={shown === undefined ? `Show ${name}` : `Hide ${name}`}
          onPress={() => (shown === undefined ? reveal.mutate() : reset())}
        >
          <Eye size={14} aria-hidden />
        </IconButton>
        <IconButton aria-label={`Edit ${name}`} onPress={onEdit}>
          <Pencil size={14} aria-hidden />
        </IconButton>
        <IconButton aria-label={`Remove ${name}`} onPress={onRemove}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}

function ClearCookies({ app, count, onClose }: CookiesDialogProps & { readonly count: number }) {
  const clear = useMutation({
    mutationFn: () => unwrap(tessera.cookies.clear({ appId: app.id })),
    onSuccess: onClose,
  });
  return (
    <FormDialog
      title={`Remove all cookies of ${app.name}?`}
      action={count === 1 ? 'Remove 1 cookie' : `Remove ${count} cookies`}
      isDangerous
      isBusy={clear.isPending}
      onClose={onClose}
      onSubmit={() => clear.mutate()}
    >
      <p>Sessions that rest on them end for this app. This cannot be undone.</p>
      <ErrorBanner error={clear.error} />
    </FormDialog>
  );
}
