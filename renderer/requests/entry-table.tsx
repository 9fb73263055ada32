import { X } from 'lucide-react';
import type { RequestEntry } from '../../shared/requests/request.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './composer.module.css';

interface EntryTableProps {
  readonly label: string;
  readonly entries: readonly RequestEntry[];
  readonly namePlaceholder: string;
  readonly onChange: (entries: RequestEntry[]) => void;
}

/** Names and values; the last, empty row is for the next one. */
export function EntryTable({ label, entries, namePlaceholder, onChange }: EntryTableProps) {
  const change = (index: number, changes: Partial<RequestEntry>) => {
    const entry = { name: '', value: '', enabled: true, ...entries[index], ...changes };
    onChange(index < entries.length ? entries.with(index, entry) : [...entries, entry]);
  };
  const rows = [...entries, { name: '', value: '', enabled: true }];
  return (
    <ul className={styles.entries} aria-label={label}>
      {rows.map((entry, index) => (
        <li key={`row ${index + 1}`} className={styles.entry}>
          <input
            type="checkbox"
            aria-label={`Send ${entry.name || 'this one'}`}
            checked={entry.enabled}
            disabled={index === entries.length}
            onChange={(event) => change(index, { enabled: event.target.checked })}
          />
          <input
            aria-label={`${namePlaceholder} ${index + 1}`}
            placeholder={namePlaceholder}
            value={entry.name}
            onChange={(event) => change(index, { name: event.target.value })}
          />
          <input
            aria-label={`Value ${index + 1}`}
            placeholder="Value"
            value={entry.value}
            onChange={(event) => change(index, { value: event.target.value })}
          />
          {index < entries.length && (
            <IconButton
              aria-label={`Delete ${entry.name || 'this one'}`}
              onPress={() => onChange(entries.toSpliced(index, 1))}
            >
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}
