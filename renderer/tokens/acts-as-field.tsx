import type { Actor } from '../../shared/tokens/token.ts';
import { SelectField } from '../ui/fields.tsx';

interface ActsAsFieldProps {
  readonly value: Actor;
  readonly onChange: (actsAs: Actor) => void;
}

/** In whose name requests with the token are made. */
export function ActsAsField({ value, onChange }: ActsAsFieldProps) {
  return (
    <SelectField
      label="Acts as"
      value={value}
      options={[
        { value: 'person', label: 'The person who made it' },
        { value: 'bot', label: 'A bot of its own' },
      ]}
      onChange={onChange}
    />
  );
}
