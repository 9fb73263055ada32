import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { ManagementExchange } from '../../shared/tokens/remote-token.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { tessera } from '../api/tessera.ts';
import { fieldProblem } from '../tokens/field-problem.ts';
import { LostDefaults } from '../tokens/lost-defaults.tsx';
import { TokenNames } from '../tokens/token-names.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { AuthorityFields, BY_DEFAULT } from './authority-fields.tsx';
import { RemoteForm } from './remote-form.tsx';
import { useRemoteCall } from './use-remote-call.ts';

interface RevokeDialogProps {
  readonly app: App;
  readonly provider: ProviderSummary;
  readonly tokens: readonly TokenListItem[];
  readonly onClose: () => void;
  readonly onDone: (exchanges: readonly ManagementExchange[]) => void;
  readonly onLocal: () => void;
}

/** One or several tokens, ended at the provider and taken out of the vault. */
export function RevokeDialog(props: RevokeDialogProps) {
  const { app, provider, tokens, onClose, onDone, onLocal } = props;
  const [authority, setAuthority] = useState(BY_DEFAULT);
  const call = useRemoteCall<{ readonly exchanges: readonly ManagementExchange[] }>(
    (asking) =>
      confirmed(() => tessera.remoteTokens.revoke({ ...asking, tokenIds: tokens.map(({ id }) => id) })),
    { appId: app.id, onDone: ({ exchanges }) => onDone(exchanges) },
  );
  const isOne = tokens.length === 1;
  return (
    <RemoteForm
      title={`Remove ${isOne ? tokens[0]?.name : `${tokens.length.toLocaleString()} tokens`} at ${provider.name}?`}
      action={isOne ? 'Revoke and remove' : `Revoke and remove ${tokens.length.toLocaleString()} tokens`}
      name={provider.name}
      about={`${isOne ? 'It stops' : 'They stop'} working everywhere, and ${isOne ? 'leaves' : 'leave'} the vault. There is no way back.`}
      call={call}
      isDangerous
      isPlaced={fieldProblem(call.error, 'by') !== undefined}
      onClose={onClose}
      onSubmit={() => call.ask(authority)}
      local={{ label: 'From the vault only…', act: onLocal }}
    >
      {!isOne && <TokenNames tokens={tokens} />}
      <LostDefaults tokens={tokens} />
      <AuthorityFields
        app={app}
        provider={provider}
        authority={authority}
        onChange={setAuthority}
        isChange
        error={call.error}
      />
    </RemoteForm>
  );
}
