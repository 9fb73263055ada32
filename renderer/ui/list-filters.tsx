import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import styles from './list-filters.module.css';
import { type Option, Options } from './options.tsx';

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A line above a long list, to type what is sought in it. Ctrl+F (Cmd+F) leads there, Escape empties it. */
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && event.key === 'f';
      // What is in front, such as a dialog, keeps its keys.
      if (!isFind || event.defaultPrevented || field.current?.closest('[inert], [aria-hidden="true"]'))
        return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <div className={styles.search}>
      <Search size={14} aria-hidden />
      <input
        ref={field}
        className={styles.field}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={({ key }) => key === 'Escape' && onChange('')}
      />
    </div>
  );
}

interface FilterSelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
}

/** Which part of a long list to show. */
export function FilterSelect<Value extends string>({
  label,
  value,
  options,
  onChange,
}: FilterSelectProps<Value>) {
  return (
    <select
      className={styles.field}
      aria-label={label}
      value={value}
      // Only the options given can be chosen.
      onChange={(event) => onChange(event.target.value as Value)}
    >
      <Options options={options} />
    </select>
  );
}
