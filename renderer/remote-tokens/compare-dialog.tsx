import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { Authority, RemoteComparison, RemoteToken } from '../../shared/tokens/remote-token.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { OpenTokenPage } from '../tokens/open-token-page.tsx';
import { dayText } from '../tokens/token-dates.ts';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import ui from '../ui/ui.module.css';
import { useOnce } from '../ui/use-once.ts';
import { Asking } from './asking.tsx';
import { AuthorityFields, BY_DEFAULT } from './authority-fields.tsx';
import { Exchanges } from './exchanges.tsx';
import styles from './remote-tokens.module.css';
import { useRemoteCall } from './use-remote-call.ts';

interface CompareDialogProps {
  readonly app: App;
  readonly provider: ProviderSummary;
  readonly onClose: () => void;
  readonly onRemove: (missing: readonly Token[]) => void;
  readonly onMark: (missing: readonly Token[]) => void;
}

/** The provider's list beside the vault's: brings up to date what both have, and shows the rest. */
export function CompareDialog({ app, provider, onClose, onRemove, onMark }: CompareDialogProps) {
  const [authority, setAuthority] = useState(BY_DEFAULT);
  const call = useRemoteCall<RemoteComparison>((asking) => unwrap(tessera.remoteTokens.compare(asking)), {
    appId: app.id,
  });
  const { ask, data } = call;
  useOnce(() => ask(BY_DEFAULT));
  const change = (next: Authority) => {
    setAuthority(next);
    ask(next);
  };
  const leave = () => {
    call.cancel();
    onClose();
  };
  return (
    <Dialog title={`Tokens of ${app.name} at ${provider.name}`} isWide onClose={leave}>
      <AuthorityFields
        app={app}
        provider={provider}
        authority={authority}
        onChange={change}
        isChange={false}
        error={call.error}
      />
      {call.isPending && <Asking name={provider.name} />}
      <ErrorBanner error={call.error} />
      <Exchanges exchanges={call.refused} />
      {data !== undefined && (
        <Compared
          comparison={data}
          provider={provider}
          onRemove={() => onRemove(data.missing)}
          onMark={() => onMark(data.missing)}
        />
      )}
      <div className={ui.actions}>
        {call.isPending && <Button onPress={call.cancel}>Stop</Button>}
        <Button kind="primary" onPress={leave}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}

interface ComparedProps {
  readonly comparison: RemoteComparison;
  readonly provider: ProviderSummary;
  readonly onRemove: () => void;
  readonly onMark: () => void;
}

function Compared({ comparison, provider, onRemove, onMark }: ComparedProps) {
  const { updated, missing, others, exchanges } = comparison;
  const { name } = provider;
  return (
    <>
      <Banner tone="good">
        {updated.length === 0
          ? `The vault already knows all that ${name} says of its tokens.`
          : `Brought up to date: ${updated.map((token) => token.name).join(', ')}.`}
      </Banner>
      {missing.length > 0 && (
        <section className={styles.compared} aria-label={`No longer at ${name}`}>
          <h3>No longer at {name}</h3>
          <p className={ui.hint}>It does not know these any more, so that requests with them fail.</p>
          <ul className={styles.listed}>
            {missing.map((token) => (
              <li key={token.id}>
                <span title={token.name}>{token.name}</span>
                <span>in the vault</span>
              </li>
            ))}
          </ul>
          <div className={styles.offers}>
            <Button kind="danger" onPress={onRemove}>
              Remove from the vault…
            </Button>
            <Button onPress={onMark}>Mark compromised</Button>
          </div>
        </section>
      )}
      {others.length > 0 && (
        <section className={styles.compared} aria-label={`Only at ${name}`}>
          <h3>Only at {name}</h3>
          <p className={ui.hint}>
            Their values cannot be read again, so they cannot be added here. To revoke one, go to {name}
            {provider.tokenPage === null ? '’s web page.' : '.'}
          </p>
          <ul className={styles.listed}>
            {others.map((token) => (
              <li key={token.remoteId}>
                <span title={token.name}>{token.name}</span>
                <span>{factsOf(token)}</span>
              </li>
            ))}
          </ul>
          <OpenTokenPage provider={provider} />
        </section>
      )}
      <Exchanges exchanges={exchanges} />
    </>
  );
}

function factsOf({ scopes, expiresAt, lastUsedAt }: RemoteToken): string {
  return [
    scopes.length === 1 ? '1 scope' : `${scopes.length} scopes`,
    endOf(expiresAt),
    lastUsedAt === null ? 'never used' : `last used ${dayText(lastUsedAt)}`,
  ].join(' · ');
}

function endOf(expiresAt: string | null): string {
  if (expiresAt === null) return 'never expires';
  return `${Date.parse(expiresAt) < Date.now() ? 'expired' : 'expires'} ${dayText(expiresAt)}`;
}
