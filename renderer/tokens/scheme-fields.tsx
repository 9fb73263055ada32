import type { ProviderSummary } from '../../shared/providers/provider.ts';
import { isObtained, TOKEN_SCHEMES, type TokenScheme } from '../../shared/tokens/token.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import type { TokenDraft } from './token-draft.ts';
import styles from './tokens.module.css';

const SCHEME_LABELS: Readonly<Record<TokenScheme, string>> = {
  basic: 'Basic (ID and secret)',
  bearer: 'Bearer',
  query: 'URL or form parameter',
  header: 'Header',
  login: 'Login (user name and password)',
  oauth2: 'OAuth 2.0',
};

interface SchemeFieldsProps {
  readonly draft: TokenDraft;
  readonly offered: ProviderSummary | undefined;
  readonly change: (changes: Partial<TokenDraft>) => void;
  readonly problem: (path: string) => string | undefined;
}

/** How it travels, and what that needs. */
export function SchemeFields({ draft, offered, change, problem }: SchemeFieldsProps) {
  const schemes = offered?.schemes ?? [];
  const ordered = [...new Set([...schemes.map(({ scheme }) => scheme), ...TOKEN_SCHEMES])].filter(
    (scheme) => !isObtained({ scheme }),
  );
  const { scheme } = draft;
  return (
    <div className={styles.columns}>
      <SelectField
        label="How it is sent"
        value={scheme}
        options={ordered.map((value) => ({ value, label: SCHEME_LABELS[value] }))}
        onChange={(next) =>
          change({ scheme: next, field: schemes.find((each) => each.scheme === next)?.field ?? '' })
        }
      />
      {scheme === 'basic' && (
        <TextField
          label={schemes.find((each) => each.scheme === 'basic')?.labels.tokenId ?? 'ID'}
          value={draft.tokenId}
          onChange={(tokenId) => change({ tokenId })}
          error={problem('tokenId')}
          isValue
        />
      )}
      {(scheme === 'query' || scheme === 'header') && (
        <TextField
          label={scheme === 'query' ? 'Name of the parameter' : 'Name of the header'}
          value={draft.field}
          onChange={(field) => change({ field })}
          error={problem('field')}
          placeholder={scheme === 'query' ? 'api_key' : 'X-Api-Key'}
          isValue
        />
      )}
      {scheme === 'query' && (
        <SelectField
          label="Where the parameter stands"
          value={draft.sentIn}
          options={[
            { value: 'url', label: 'In the URL' },
            { value: 'form', label: 'In a form body' },
          ]}
          onChange={(sentIn) => change({ sentIn })}
        />
      )}
    </div>
  );
}
