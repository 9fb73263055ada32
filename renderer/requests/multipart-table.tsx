import { X } from 'lucide-react';
import type { MultipartPart } from '../../shared/requests/request.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './composer.module.css';
import { FileField } from './file-field.tsx';

interface MultipartTableProps {
  readonly parts: readonly MultipartPart[];
  readonly onChange: (parts: MultipartPart[]) => void;
}

const EMPTY: MultipartPart = { kind: 'text', name: '', value: '', contentType: null, enabled: true };

/** Parts of text and files; the last, empty row is for the next one. */
export function MultipartTable({ parts, onChange }: MultipartTableProps) {
  const change = (index: number, changes: Partial<MultipartPart>) => {
    const part = { ...EMPTY, ...parts[index], ...changes };
    onChange(index < parts.length ? parts.with(index, part) : [...parts, part]);
  };
  return (
    <ul className={styles.entries} aria-label="Parts">
      {[...parts, EMPTY].map((part, index) => (
        <li key={`row ${index + 1}`} className={styles.multipart}>
          <input
            type="checkbox"
            aria-label={`Send ${part.name || 'this one'}`}
            checked={part.enabled}
            disabled={index === parts.length}
            onChange={(event) => change(index, { enabled: event.target.checked })}
          />
          <input
            aria-label={`Part ${index + 1}`}
            placeholder="Part"
            value={part.name}
            onChange={(event) => change(index, { name: event.target.value })}
          />
          <select
            aria-label={`Kind of part ${index + 1}`}
            value={part.kind}
            onChange={(event) =>
              change(index, { kind: event.target.value === 'file' ? 'file' : 'text', value: '' })
            }
          >
            <option value="text">Text</option>
            <option value="file">File</option>
          </select>
          {part.kind === 'file' ? (
            <FileField
              path={part.value}
              label={`File of part ${index + 1}`}
              onChange={(value) => change(index, { value })}
            />
          ) : (
            <input
              aria-label={`Value ${index + 1}`}
              placeholder="Value"
              value={part.value}
              onChange={(event) => change(index, { value: event.target.value })}
            />
          )}
          {index < parts.length && (
            <IconButton
              aria-label={`Delete ${part.name || 'this one'}`}
              onPress={() => onChange(parts.toSpliced(index, 1))}
            >
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}
