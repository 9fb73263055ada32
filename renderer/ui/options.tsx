export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** What a select offers. */
export function Options<Value extends string>({ options }: { readonly options: readonly Option<Value>[] }) {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
