/** A value as JSON, which knows what it is read as. */
export type JsonText<Value> = string & { readonly ofType?: Value };

/**
 * For long lists that cross to the window: on the way objects are copied part by part, several times over, and
 * a text in one piece.
 *
 * @param value of nothing but what JSON knows
 */
export function toJsonText<Value>(value: Value): JsonText<Value> {
  return JSON.stringify(value);
}

export function readJsonText<Value>(text: JsonText<Value>): Value {
  return JSON.parse(text) as Value;
}
