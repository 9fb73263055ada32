import type { App } from '../../shared/apps/app.ts';
import { isDefaultToken } from '../../shared/tokens/default-token.ts';
import { useTokens } from '../api/queries.ts';
import { SelectField } from '../ui/fields.tsx';

interface DefaultTokenFieldProps {
  readonly app: App;
  /** Its name; empty: none. */
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** The token of requests that name none. */
export function DefaultTokenField({ app, value, onChange }: DefaultTokenFieldProps) {
  const { data: tokens = [] } = useTokens(app.id);
  const live = tokens.filter(({ retiresAt }) => retiresAt === null);
  const chosen = live.find((token) => isDefaultToken(token, { defaultToken: value }));
  const isMissing = value !== '' && chosen === undefined;
  return (
    <SelectField
      label="Default token"
      value={chosen?.name ?? value}
      options={[
        { value: '', label: 'None' },
        ...live.map(({ name }) => ({ value: name, label: name })),
        ...(isMissing ? [{ value, label: `${value} (not in the vault)` }] : []),
      ]}
      onChange={onChange}
      hint="Of requests that choose none. Without one they take the only token there is."
    />
  );
}
