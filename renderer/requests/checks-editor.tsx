import { X } from 'lucide-react';
import { ASSERTION_OPERATORS, type Assertion } from '../../shared/requests/assertion.ts';
import { Button, IconButton } from '../ui/button.tsx';
import styles from './composer.module.css';

/** What must hold of the answer. */
export function ChecksEditor({
  assertions,
  onChange,
}: {
  readonly assertions: readonly Assertion[];
  readonly onChange: (assertions: Assertion[]) => void;
}) {
  const change = (index: number, changes: Partial<Assertion>) => {
    const old = assertions[index];
    if (old !== undefined) onChange(assertions.with(index, { ...old, ...changes }));
  };
  return (
    <>
      <ul className={styles.entries} aria-label="Checks">
        {assertions.map((assertion, index) => (
          <li key={`check ${index + 1}`} className={styles.check}>
            <input
              aria-label={`Checked ${index + 1}`}
              value={assertion.expression}
              onChange={(event) => change(index, { expression: event.target.value })}
            />
            <select
              aria-label={`Operator ${index + 1}`}
              value={assertion.operator}
              onChange={(event) => change(index, { operator: event.target.value })}
            >
              {[...new Set([assertion.operator, ...ASSERTION_OPERATORS])].map((operator) => (
                <option key={operator}>{operator}</option>
              ))}
            </select>
            <input
              aria-label={`Expected ${index + 1}`}
              value={assertion.value}
              onChange={(event) => change(index, { value: event.target.value })}
            />
            <IconButton
              aria-label={`Delete check ${index + 1}`}
              onPress={() => onChange(assertions.toSpliced(index, 1))}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className={styles.add}>
        <Button
          onPress={() =>
            onChange([
              ...assertions,
              { expression: 'res.status', operator: 'eq', value: '200', enabled: true },
            ])
          }
        >
          Add a check
        </Button>
        <span>res.status, res.headers.name, res.body.path, res.responseTime</span>
      </div>
    </>
  );
}
