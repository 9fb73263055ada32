import { REQUEST_BODY_KINDS, type RequestBody } from '../../shared/requests/request.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import styles from './composer.module.css';
import { EntryTable } from './entry-table.tsx';

const LABELS = { none: 'None', json: 'JSON', text: 'Text', xml: 'XML', form: 'Form' } as const;

/** What is sent: its kind, then the thing itself. */
export function BodyEditor({
  body,
  onChange,
}: {
  readonly body: RequestBody;
  readonly onChange: (body: RequestBody) => void;
}) {
  const choose = (kind: RequestBody['kind']) => {
    if (kind === 'none') onChange({ kind });
    else if (kind === 'form') onChange({ kind, fields: body.kind === 'form' ? body.fields : [] });
    else onChange({ kind, text: 'text' in body ? body.text : '' });
  };
  return (
    <>
      <div className={styles.kinds} role="radiogroup" aria-label="Kind of body">
        {REQUEST_BODY_KINDS.map((kind) => (
          <label key={kind}>
            <input type="radio" name="body" checked={body.kind === kind} onChange={() => choose(kind)} />{' '}
            {LABELS[kind]}
          </label>
        ))}
      </div>
      {body.kind === 'form' && (
        <EntryTable
          label="Form fields"
          entries={body.fields}
          namePlaceholder="Field"
          onChange={(fields) => onChange({ kind: 'form', fields })}
        />
      )}
      {'text' in body && (
        <CodeEditor
          label="Body to send"
          language={body.kind}
          value={body.text}
          onChange={(text) => onChange({ kind: body.kind, text })}
        />
      )}
    </>
  );
}
