import { SECRET_RANDOM_BYTES, type SecretShape } from '../../shared/tokens/token-value.ts';
import { SelectField } from '../ui/fields.tsx';
import styles from './tokens.module.css';

const LENGTHS = [SECRET_RANDOM_BYTES.min, 24, SECRET_RANDOM_BYTES.standard, 48, SECRET_RANDOM_BYTES.max];

/** How the secret is made that Tessera makes. */
export function SecretShapeField({
  shape,
  onChange,
}: {
  readonly shape: SecretShape;
  readonly onChange: (shape: SecretShape) => void;
}) {
  return (
    <div className={styles.columns}>
      <SelectField
        label="Characters"
        value={shape.alphabet}
        options={[
          { value: 'base64url', label: 'Letters, digits, - and _ (base64url)' },
          { value: 'hex', label: 'Hexadecimal' },
          { value: 'uuid', label: 'UUID' },
        ]}
        onChange={(alphabet) => onChange({ ...shape, alphabet })}
        hint="Made here, for a service that takes a secret of yours."
      />
      {shape.alphabet !== 'uuid' && (
        <SelectField
          label="Length"
          value={String(shape.randomBytes)}
          options={LENGTHS.map((bytes) => ({
            value: String(bytes),
            label: `${characters(shape, bytes)} characters (${bytes * 8} bits)`,
          }))}
          onChange={(bytes) => onChange({ ...shape, randomBytes: Number(bytes) })}
        />
      )}
    </div>
  );
}

function characters({ alphabet }: SecretShape, bytes: number): number {
  return alphabet === 'hex' ? 2 * bytes : Math.ceil((4 * bytes) / 3);
}
