import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import type { TextSearch } from '../../shared/responses/response-rows.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './find-bar.module.css';
import type { BodySearch } from './use-body-search.ts';

const OPTIONS = [
  ['matchCase', 'Aa', 'Match case'],
  ['wholeWord', 'W', 'Whole word'],
  ['isRegex', '.*', 'Regular expression'],
] as const satisfies readonly (readonly [keyof TextSearch, string, string])[];

interface FindBarProps {
  readonly search: BodySearch;
  readonly input: Ref<HTMLInputElement>;
  readonly onClose: () => void;
}

/** Looks for text in all of a body, also in what is not in the window. */
export function FindBar({ search, input, onClose }: FindBarProps) {
  const { query, result, error, index, step, change } = search;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  return (
    <search className={styles.bar}>
      <input
        ref={input}
        className={styles.input}
        aria-label="Find in the body"
        placeholder="Find"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== null}
        value={query.text}
        onChange={(event) => change({ text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      {OPTIONS.map(([option, sign, name]) => (
        <button
          key={option}
          type="button"
          className={styles.option}
          aria-pressed={query[option]}
          aria-label={name}
          title={name}
          onClick={() => change({ [option]: !query[option] })}
        >
          {sign}
        </button>
      ))}
      <span className={styles.count} role="status" data-bad={error !== null}>
        {error ?? (result === null ? '' : describe(result, index))}
      </span>
      <IconButton aria-label="Previous match" onPress={() => step(-1)}>
        <ChevronUp size={15} aria-hidden />
      </IconButton>
      <IconButton aria-label="Next match" onPress={() => step(1)}>
        <ChevronDown size={15} aria-hidden />
      </IconButton>
      <IconButton aria-label="Close the search" onPress={onClose}>
        <X size={15} aria-hidden />
      </IconButton>
    </search>
  );
}

function describe({ count, isCapped }: NonNullable<BodySearch['result']>, index: number | null): string {
  if (count === 0) return 'Nothing found';
  const all = `${count.toLocaleString('en')}${isCapped ? '+' : ''}`;
  return index === null ? all : `${(index + 1).toLocaleString('en')} of ${all}`;
}
