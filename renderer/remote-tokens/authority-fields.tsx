import type { App } from '../../shared/apps/app.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import { usualTokenName } from '../../shared/tokens/default-token.ts';
import type { Authority } from '../../shared/tokens/remote-token.ts';
import { useTokens } from '../api/queries.ts';
import { fieldProblem } from '../tokens/field-problem.ts';
import tokens from '../tokens/tokens.module.css';
import { SelectField, TextField } from '../ui/fields.tsx';

export const BY_DEFAULT: Authority = { by: null, password: null };

interface AuthorityFieldsProps {
  readonly app: App;
  readonly provider: ProviderSummary;
  readonly authority: Authority;
  readonly onChange: (authority: Authority) => void;
  /** Whether something is changed, and not just looked up. */
  readonly isChange: boolean;
  readonly error: unknown;
}

/** By what the provider is asked: a token that may do so, and the account's password where it wants that too. */
export function AuthorityFields(props: AuthorityFieldsProps) {
  const { app, provider, authority, onChange, isChange, error } = props;
  const { data: own = [] } = useTokens(app.id);
  const { asksPassword = false, bySelf = false } = provider.authority ?? {};
  const usable = own.filter(({ retiresAt }) => retiresAt === null);
  const usual = usualTokenName(app, own);
  const options = [
    { value: '', label: usual === null ? 'Choose…' : `${usual}, the app’s default` },
    ...usable.filter(({ name }) => name !== usual).map(({ name }) => ({ value: name, label: name })),
  ];
  if (bySelf && !asksPassword) return null;
  return (
    <div className={tokens.columns}>
      {!bySelf && (
        <SelectField
          label="Authorised by"
          value={authority.by ?? ''}
          options={options}
          onChange={(by) => onChange({ ...authority, by: by === '' ? null : by })}
          hint={fieldProblem(error, 'by') ?? 'A token that may manage tokens.'}
        />
      )}
      {isChange && asksPassword && (
        <TextField
          label="Password of the account"
          type="password"
          value={authority.password ?? ''}
          onChange={(password) => onChange({ ...authority, password: password === '' ? null : password })}
          hint={`${provider.name} asks for it with each change. It is not kept.`}
        />
      )}
    </div>
  );
}
