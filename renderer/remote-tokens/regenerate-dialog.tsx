import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { RemoteIssue } from '../../shared/tokens/remote-token.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { tessera } from '../api/tessera.ts';
import { fieldProblem } from '../tokens/field-problem.ts';
import { confirmed } from '../vault/confirmation.tsx';
import { AuthorityFields, BY_DEFAULT } from './authority-fields.tsx';
import { RemoteForm } from './remote-form.tsx';
import { useRemoteCall } from './use-remote-call.ts';

interface RegenerateDialogProps {
  readonly app: App;
  readonly provider: ProviderSummary;
  readonly token: TokenListItem;
  readonly onClose: () => void;
  readonly onDone: (done: RemoteIssue) => void;
  readonly onLocal: () => void;
}

/** A new value for a token, by the provider, in the place of the one before. */
export function RegenerateDialog(props: RegenerateDialogProps) {
  const { app, provider, token, onClose, onDone, onLocal } = props;
  const [authority, setAuthority] = useState(BY_DEFAULT);
  const call = useRemoteCall<RemoteIssue>(
    (asking) => confirmed(() => tessera.remoteTokens.regenerate({ ...asking, tokenId: token.id })),
    { appId: app.id, onDone },
  );
  return (
    <RemoteForm
      title={`Regenerate ${token.name} at ${provider.name}`}
      action="Regenerate"
      name={provider.name}
      about="The old value stops working at once, wherever else it is in use. Requests of this app go on with the new one."
      call={call}
      isDangerous
      isPlaced={fieldProblem(call.error, 'by') !== undefined}
      onClose={onClose}
      onSubmit={() => call.ask(authority)}
      local={{ label: 'By hand…', act: onLocal }}
    >
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
