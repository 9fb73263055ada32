import { CheckField, SelectField, TextField } from '../ui/fields.tsx';
import type { RequestDraft } from './login-draft.ts';
import styles from './logins.module.css';
import { TemplateField } from './template-field.tsx';

const METHODS = (['POST', 'GET', 'PUT', 'DELETE'] as const).map((value) => ({ value, label: value }));
const BODIES = [
  { value: 'json', label: 'JSON' },
  { value: 'form', label: 'Form' },
  { value: 'none', label: 'None' },
] as const;

interface RequestFieldsProps {
  /** What the request is for: "Sign-in". */
  readonly title: string;
  readonly request: RequestDraft;
  readonly onChange: (request: RequestDraft) => void;
  readonly urlHint?: string;
  /** Whether there is an access token yet that could go along. */
  readonly hasAccessToken?: boolean;
}

/** One request of a login: method, address and body, with places. */
export function RequestFields({
  title,
  request,
  onChange,
  urlHint,
  hasAccessToken = false,
}: RequestFieldsProps) {
  const change = (changes: Partial<RequestDraft>) => onChange({ ...request, ...changes });
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      <div className={styles.request}>
        <SelectField
          label="Method"
          value={request.method}
          options={METHODS}
          onChange={(method) => change({ method })}
        />
        <TextField
          label="URL or path"
          value={request.url}
          onChange={(url) => change({ url })}
          hint={urlHint}
          isValue
        />
        <SelectField
          label="Body"
          value={request.bodyKind}
          options={BODIES}
          onChange={(bodyKind) => change({ bodyKind })}
        />
      </div>
      {request.bodyKind === 'json' && (
        <TemplateField label="JSON" value={request.json} onChange={(json) => change({ json })} />
      )}
      {request.bodyKind === 'form' && (
        <TemplateField
          label="Fields"
          value={request.form}
          onChange={(form) => change({ form })}
          hint="A line each, as name=value"
        />
      )}
      {hasAccessToken && (
        <CheckField
          label="Send the access token along"
          isChecked={request.withAccessToken}
          onChange={(withAccessToken) => change({ withAccessToken })}
        />
      )}
    </fieldset>
  );
}
