import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import { sameScopes } from '../../shared/tokens/provider-values.ts';
import { unknownScopes } from '../../shared/tokens/unknown-scopes.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, SelectField, TextField } from '../ui/fields.tsx';
import ui from '../ui/ui.module.css';
import { OpenTokenPage } from './open-token-page.tsx';
import styles from './scopes-field.module.css';

interface ScopesFieldProps {
  readonly provider: ProviderSummary | undefined;
  readonly scopes: readonly string[];
  readonly onChange: (scopes: readonly string[]) => void;
  readonly error: string | undefined;
}

/** What the token may do: one of the provider's sets, or scope by scope. */
export function ScopesField(props: ScopesFieldProps) {
  const { provider, scopes, onChange, error } = props;
  const [text, setText] = useState(scopes.join(' '));
  if (provider === undefined || provider.scopes.length === 0) {
    return (
      <TextField
        label="Scopes"
        value={sameScopes(wordsOf(text), scopes) ? text : scopes.join(' ')}
        onChange={(next) => {
          setText(next);
          onChange(wordsOf(next));
        }}
        error={error}
        hint="As the provider names them, separated by spaces"
        isValue
      />
    );
  }
  return <OfferedScopes {...props} provider={provider} />;
}

function OfferedScopes({
  provider,
  scopes,
  onChange,
  error,
}: ScopesFieldProps & { readonly provider: ProviderSummary }) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [isOnlyChecked, setOnlyChecked] = useState(false);
  const checked = new Set(scopes);
  const unknown = unknownScopes(scopes, provider.scopes);
  const all = [...provider.scopes, ...unknown];
  const wanted = search.trim().toLowerCase();
  const shown = all.filter(
    (scope) => scope.toLowerCase().includes(wanted) && (!isOnlyChecked || checked.has(scope)),
  );
  const canAdd = search.trim() !== '' && !all.includes(search.trim());
  const toggle = (scope: string) =>
    onChange(checked.has(scope) ? scopes.filter((each) => each !== scope) : [...scopes, scope]);
  const set = provider.scopeSets.find((each) => sameScopes(each.scopes, scopes));
  return (
    <fieldset className={styles.scopes}>
      <legend className={ui.label}>
        Scopes <span className={ui.hint}>{scopes.length} checked</span>
      </legend>
      {provider.scopeSets.length > 0 && (
        <SelectField
          label="Predefined"
          value={set?.name ?? ''}
          options={[
            { value: '', label: 'Custom' },
            ...provider.scopeSets.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChange={(name) => {
            const chosen = provider.scopeSets.find((each) => each.name === name);
            if (chosen !== undefined) onChange(chosen.scopes);
          }}
        />
      )}
      <div className={styles.tools}>
        <input
          className={ui.input}
          aria-label="Search scopes"
          placeholder="Search, or type another scope"
          value={search}
          spellCheck={false}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !canAdd) return;
            event.preventDefault();
            toggle(search.trim());
            setSearch('');
          }}
        />
        <CheckField label="Only checked" isChecked={isOnlyChecked} onChange={setOnlyChecked} />
        {canAdd && (
          <Button
            onPress={() => {
              toggle(search.trim());
              setSearch('');
            }}
          >
            <Plus size={14} aria-hidden /> Add
          </Button>
        )}
      </div>
      <ul className={styles.list} aria-label="Scopes of the provider">
        {shown.map((scope) => (
          <li key={scope}>
            <input
              id={`${id} ${scope}`}
              type="checkbox"
              checked={checked.has(scope)}
              onChange={() => toggle(scope)}
            />
            <label htmlFor={`${id} ${scope}`} title={scope}>
              {scope}
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className={ui.hint}>No scope fits.</li>}
      </ul>
      <div className={styles.foot}>
        {error !== undefined && (
          <span role="alert" className={ui.error}>
            {error}
          </span>
        )}
        {unknown.length > 0 && (
          <span className={ui.hint}>
            {provider.name} does not list {unknown.join(', ')}. Check the spelling.
          </span>
        )}
        <OpenTokenPage provider={provider} />
      </div>
    </fieldset>
  );
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}
