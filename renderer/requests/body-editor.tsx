import { REQUEST_BODY_KINDS, type RequestBody } from '../../shared/requests/request.ts';
import { CodeEditor, type CodeEditorProps } from '../editor/code-editor.tsx';
import styles from './composer.module.css';
import { EntryTable } from './entry-table.tsx';
import { FileField } from './file-field.tsx';
import { MultipartTable } from './multipart-table.tsx';

const LABELS = {
  none: 'None',
  json: 'JSON',
  text: 'Text',
  xml: 'XML',
  graphql: 'GraphQL',
  form: 'Form',
  multipart: 'Multipart',
  file: 'File',
} as const;

interface BodyEditorProps {
  readonly body: RequestBody;
  readonly onChange: (body: RequestBody) => void;
}

/** What is sent: its kind, then the thing itself. */
export function BodyEditor({ body, onChange }: BodyEditorProps) {
  return (
    <>
      <div className={styles.kinds} role="radiogroup" aria-label="Kind of body">
        {REQUEST_BODY_KINDS.map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="body"
              checked={body.kind === kind}
              onChange={() => onChange(bodyOfKind(kind, body))}
            />
            {LABELS[kind]}
          </label>
        ))}
      </div>
      <Content body={body} onChange={onChange} />
    </>
  );
}

function Content({ body, onChange }: BodyEditorProps) {
  switch (body.kind) {
    case 'none':
      return null;
    case 'form':
      return (
        <EntryTable
          label="Form fields"
          entries={body.fields}
          namePlaceholder="Field"
          onChange={(fields) => onChange({ kind: 'form', fields })}
        />
      );
    case 'multipart':
      return <MultipartTable parts={body.parts} onChange={(parts) => onChange({ ...body, parts })} />;
    case 'file':
      return (
        <div className={styles.file}>
          <FileField path={body.path} label="File to send" onChange={(path) => onChange({ ...body, path })} />
          <input
            aria-label="Content type"
            placeholder="application/octet-stream"
            value={body.contentType ?? ''}
            onChange={(event) => onChange({ ...body, contentType: event.target.value || null })}
          />
        </div>
      );
    case 'graphql':
      return (
        <div className={styles.graphql}>
          <TitledEditor
            label="Query"
            language="text"
            value={body.query}
            onChange={(query) => onChange({ ...body, query })}
          />
          <TitledEditor
            label="Variables, as JSON"
            language="json"
            value={body.variables}
            onChange={(variables) => onChange({ ...body, variables })}
          />
        </div>
      );
    default:
      return (
        <CodeEditor
          label="Body to send"
          language={body.kind}
          value={body.text}
          onChange={(text) => onChange({ kind: body.kind, text })}
        />
      );
  }
}

/** One of several, which have to be told apart. */
function TitledEditor(props: CodeEditorProps) {
  return (
    <div className={styles.titled}>
      <span className={styles.title} aria-hidden>
        {props.label}
      </span>
      <CodeEditor {...props} />
    </div>
  );
}

/** Keeps what is common to the old kind and the new. */
function bodyOfKind(kind: RequestBody['kind'], body: RequestBody): RequestBody {
  const text = 'text' in body ? body.text : body.kind === 'graphql' ? body.query : '';
  switch (kind) {
    case 'none':
      return { kind };
    case 'form':
      return { kind, fields: body.kind === 'multipart' ? fieldsOf(body) : [] };
    case 'multipart':
      return { kind, parts: body.kind === 'form' ? partsOf(body) : [] };
    case 'file':
      return { kind, path: '', contentType: null };
    case 'graphql':
      return { kind, query: text, variables: '' };
    default:
      return { kind, text };
  }
}

function fieldsOf({ parts }: Extract<RequestBody, { kind: 'multipart' }>) {
  return parts
    .filter(({ kind }) => kind === 'text')
    .map(({ name, value, enabled }) => ({ name, value, enabled }));
}

function partsOf({ fields }: Extract<RequestBody, { kind: 'form' }>) {
  return fields.map((field) => ({ ...field, kind: 'text' as const, contentType: null }));
}
