import { useState } from 'react';
import { fillBaseUrl, type ProviderSummary } from '../../shared/providers/provider.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import styles from './app-dialog.module.css';

interface ProviderPlaceProps {
  readonly provider: ProviderSummary;
  readonly onBaseUrl: (url: string) => void;
}

/** Where an account of the provider lives: which of its base URLs, and what only the user knows of it. */
export function ProviderPlace({ provider, onBaseUrl }: ProviderPlaceProps) {
  const { baseUrls, variables } = provider;
  const [url, setUrl] = useState(baseUrls[0]?.url ?? '');
  const [values, setValues] = useState(() => usualValues(provider));
  if (baseUrls.length < 2 && variables.length === 0) return null;
  const change = (name: string, value: string) => {
    const next = { ...values, [name]: value };
    setValues(next);
    onBaseUrl(fillBaseUrl(url, next));
  };
  return (
    <div className={styles.place}>
      {baseUrls.length > 1 && (
        <SelectField
          label="Where"
          value={url}
          options={baseUrls.map((each) => ({ value: each.url, label: each.label }))}
          onChange={(chosen) => {
            setUrl(chosen);
            onBaseUrl(fillBaseUrl(chosen, values));
          }}
        />
      )}
      {variables.map(({ name, label, placeholder }) => (
        <TextField
          key={name}
          label={label}
          value={values[name] ?? ''}
          onChange={(value) => change(name, value)}
          placeholder={placeholder}
          isValue
        />
      ))}
    </div>
  );
}

/** The provider's usual base URL, with what most have the same filled in. */
export function usualBaseUrl(provider: ProviderSummary): string {
  return fillBaseUrl(provider.baseUrls[0]?.url ?? '', usualValues(provider));
}

function usualValues({ variables }: ProviderSummary): Readonly<Record<string, string>> {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value ?? '']));
}
