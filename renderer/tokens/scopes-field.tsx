import { Plus } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
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

interface OfferedScopesProps extends ScopesFieldProps {
  readonly provider: ProviderSummary;
}

function OfferedScopes({ provider, scopes, onChange, error }: OfferedScopesProps) {
  const [search, setSearch] = useState('');
  const [isOnlyChecked, setOnlyChecked] = useState(false);
  const checked = new Set(scopes);
  const unknown = unknownScopes(scopes, provider.scopes);
  const all = [...provider.scopes, ...unknown];
  const wanted = search.trim().toLowerCase();
  const shown = all.filter(
    (scope) => scope.toLowerCase().includes(wanted) && (!isOnlyChecked || checked.has(scope)),
  );
  const toggle = (scope: string) =>
    onChange(checked.has(scope) ? scopes.filter((each) => each !== scope) : [...scopes, scope]);
  return (
    <fieldset className={styles.scopes}>
      <legend className={ui.label}>
        Scopes <span className={ui.hint}>{scopes.length} checked</span>
      </legend>
      <PredefinedScopes provider={provider} scopes={scopes} onChange={onChange} />
      <div className={styles.tools}>
        <ScopeSearch value={search} onChange={setSearch} known={all} onAdd={toggle}>
          <CheckField label="Only checked" isChecked={isOnlyChecked} onChange={setOnlyChecked} />
        </ScopeSearch>
      </div>
      <ScopeList scopes={shown} checked={checked} onToggle={toggle} />
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

/** The provider's sets; nothing where it has none. */
function PredefinedScopes({ provider, scopes, onChange }: Omit<OfferedScopesProps, 'error'>) {
  const { scopeSets } = provider;
  if (scopeSets.length === 0) return null;
  return (
    <SelectField
      label="Predefined"
      value={scopeSets.find((each) => sameScopes(each.scopes, scopes))?.name ?? ''}
      options={[
        { value: '', label: 'Custom' },
        ...scopeSets.map(({ name }) => ({ value: name, label: name })),
      ]}
      onChange={(name) => {
        const chosen = scopeSets.find((each) => each.name === name);
        if (chosen !== undefined) onChange(chosen.scopes);
      }}
    />
  );
}

interface ScopeSearchProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly known: readonly string[];
  readonly onAdd: (scope: string) => void;
  /** Beside the search. */
  readonly children: ReactNode;
}

/** Finds scopes, and adds what is typed where it is none of them. */
function ScopeSearch({ value, onChange, known, onAdd, children }: ScopeSearchProps) {
  const typed = value.trim();
  const canAdd = typed !== '' && !known.includes(typed);
  const add = () => {
    onAdd(typed);
    onChange('');
  };
  return (
    <>
      <input
        className={ui.input}
        aria-label="Search scopes"
        placeholder="Search, or type another scope"
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !canAdd) return;
          event.preventDefault();
          add();
        }}
      />
      {children}
      {canAdd && (
        <Button onPress={add}>
          <Plus size={14} aria-hidden /> Add
        </Button>
      )}
    </>
  );
}

interface ScopeListProps {
  readonly scopes: readonly string[];
  readonly checked: ReadonlySet<string>;
  readonly onToggle: (scope: string) => void;
}

function ScopeList({ scopes, checked, onToggle }: ScopeListProps) {
  const id = useId();
  return (
    <ul className={styles.list} aria-label="Scopes of the provider">
      {scopes.map((scope) => (
        <li key={scope}>
          <input
            id={`${id} ${scope}`}
            type="checkbox"
            checked={checked.has(scope)}
            onChange={() => onToggle(scope)}
          />
          <label htmlFor={`${id} ${scope}`} title={scope}>
            {scope}
          </label>
        </li>
      ))}
      {scopes.length === 0 && <li className={ui.hint}>No scope fits.</li>}
    </ul>
  );
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}
