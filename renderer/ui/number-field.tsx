import styles from './ui.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

/** A whole number or a fraction from 0 up to `most`, beside its label. */
export function NumberField({ label, value, most, onChange }: NumberFieldProps) {
  return (
    <label className={styles.number}>
      <span>{label}</span>
      <input
        type="number"
        min={0}
        max={most}
        value={value}
        onChange={({ target: { valueAsNumber } }) => {
          if (valueAsNumber >= 0 && valueAsNumber <= most) onChange(valueAsNumber);
        }}
      />
    </label>
  );
}
