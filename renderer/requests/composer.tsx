import { type Ref, useEffect, useRef, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import { COMMON_METHODS, type Request } from '../../shared/requests/request.ts';
import { isDefaultToken, usualTokenName } from '../../shared/tokens/default-token.ts';
import { describeTokenState, type TokenState } from '../../shared/tokens/token-state.ts';
import { useTokens } from '../api/queries.ts';
import { SaveDialog } from '../collections/save-dialog.tsx';
import { useSave } from '../collections/use-save.ts';
import { ResponseView } from '../responses/response-view.tsx';
import { useCommand } from '../shell/use-command.ts';
import { isDirty, type Tab, useTabs } from '../tabs/tabs-store.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TabList, TabPanel, useTabState } from '../ui/tabs.tsx';
import { toast } from '../ui/toasts.tsx';
import { BodyEditor } from './body-editor.tsx';
import { ChecksEditor } from './checks-editor.tsx';
import styles from './composer.module.css';
import { EntryTable } from './entry-table.tsx';
import type { SendAnyway } from './sends-store.ts';
import { SettingsEditor } from './settings-editor.tsx';
import { useSend } from './use-send.ts';

const PARTS = ['Headers', 'Body', 'Checks', 'Settings'] as const;
type Part = (typeof PARTS)[number];

/** One request: composed above, answered below. */
export function Composer({ app, tab }: { readonly app: App; readonly tab: Tab }) {
  const { request } = tab;
  const edit = useTabs((tabs) => tabs.edit);
  const change = (changes: Partial<Request>) => edit(tab.id, changes);
  const [part, setPart] = useState<Part>('Headers');
  const [isNaming, setNaming] = useState(false);
  const urlField = useRef<HTMLInputElement>(null);
  const tokenChooser = useRef<HTMLSelectElement>(null);
  const parts = useTabState(
    PARTS.map((id) => ({ id, label: <PartLabel part={id} request={request} /> })),
    part,
    setPart,
  );
  const isNew = useTabs((tabs) => tabs.opened === tab.id);
  const arrive = useTabs((tabs) => tabs.arrive);
  useEffect(() => {
    if (!isNew) return;
    urlField.current?.focus();
    arrive();
  }, [isNew, arrive]);
  const { last, send, cancel } = useSend(tab);
  const isSending = last?.isPending === true;
  const save = useSave(app, tab);
  const sendNow = (anyway: SendAnyway = {}) => {
    if (request.url.trim() !== '' && !isSending) send(request, anyway);
  };
  const saveNow = () => {
    if (tab.saved === null) setNaming(true);
    else if (!isDirty(tab)) toast('There is nothing to save: it is as its file has it.');
    else if (!save.isPending) save.mutate({ place: tab.saved.place, name: tab.name });
  };
  useCommand('send', () => sendNow());
  useCommand('save', saveNow);
  return (
    <div
      className={styles.composer}
      onKeyDownCapture={(event) => {
        if (!isSendKey(event)) return;
        event.preventDefault();
        event.stopPropagation();
        sendNow();
      }}
    >
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          sendNow();
        }}
      >
        <input
          className={styles.method}
          aria-label="Method"
          list="methods"
          value={request.method}
          onChange={(event) => change({ method: event.target.value.toUpperCase() })}
        />
        <datalist id="methods">
          {COMMON_METHODS.map((method) => (
            <option key={method} value={method} />
          ))}
        </datalist>
        <div className={styles.url}>
          {!/^[a-z]+:|^\{\{/i.test(request.url) && app.baseUrl !== null && (
            <span className={styles.base} title={app.baseUrl}>
              {app.baseUrl}
            </span>
          )}
          <input
            ref={urlField}
            aria-label="URL or path"
            placeholder="/path or https://…"
            value={request.url}
            spellCheck={false}
            onChange={(event) => change({ url: event.target.value })}
          />
        </div>
        <TokenChooser ref={tokenChooser} app={app} request={request} onChange={change} />
        {isSending ? (
          <Button onPress={cancel}>Cancel</Button>
        ) : (
          <Button kind="primary" type="submit" isDisabled={request.url.trim() === ''}>
            Send
          </Button>
        )}
        <Button onPress={saveNow} isPending={save.isPending}>
          Save
        </Button>
      </form>
      {save.error !== null && (
        <div className={styles.problem}>
          <ErrorBanner error={save.error} />
        </div>
      )}
      <TabList label="Parts of the request" state={parts} look="line" />
      <TabPanel state={parts} className={styles.editor}>
        {part === 'Headers' && (
          <EntryTable
            label="Headers"
            entries={request.headers}
            namePlaceholder="Header"
            onChange={(headers) => change({ headers })}
          />
        )}
        {part === 'Body' && <BodyEditor body={request.body} onChange={(body) => change({ body })} />}
        {part === 'Checks' && (
          <ChecksEditor assertions={request.assertions} onChange={(assertions) => change({ assertions })} />
        )}
        {part === 'Settings' && <SettingsEditor request={request} onChange={change} />}
      </TabPanel>
      <ResponseView
        app={app}
        send={last}
        onSend={sendNow}
        onChooseToken={() => tokenChooser.current?.focus()}
      />
      {isNaming && <SaveDialog app={app} tab={tab} onClose={() => setNaming(false)} />}
    </div>
  );
}

/**
 * Ctrl or Cmd with Enter sends from wherever the focus is: a button would take it as Enter, an editor as a new line.
 * Dialogs are not in the page below here.
 */
function isSendKey({ key, ctrlKey, metaKey, currentTarget, target }: React.KeyboardEvent): boolean {
  const isHere = target instanceof Node && currentTarget.contains(target);
  return isHere && key === 'Enter' && (ctrlKey || metaKey);
}

function PartLabel({ part, request }: { readonly part: Part; readonly request: Request }) {
  const within = count(part, request);
  return (
    <>
      {part}
      {within > 0 && <span className={styles.count}>{within}</span>}
    </>
  );
}

function count(part: Part, { headers, body, assertions }: Request): number {
  return {
    Headers: headers.length,
    Body: body.kind === 'none' ? 0 : 1,
    Checks: assertions.length,
    Settings: 0,
  }[part];
}

/** States that a request is refused for, which the choice should not hide. */
const UNUSABLE: ReadonlySet<TokenState['kind']> = new Set([
  'expired',
  'compromised',
  'refused',
  'needs-sign-in',
]);

interface TokenChooserProps {
  readonly ref: Ref<HTMLSelectElement>;
  readonly app: App;
  readonly request: Request;
  readonly onChange: (changes: Partial<Request>) => void;
}

function TokenChooser({ ref, app, request: { auth }, onChange }: TokenChooserProps) {
  const { data, isSuccess } = useTokens(app.id);
  const tokens = data ?? [];
  const inherited = usualTokenName(app, tokens);
  const missing = auth.kind === 'token' && !tokens.some(({ name }) => name === auth.name) ? auth.name : null;
  const isGone = isSuccess && app.defaultToken !== null && !tokens.some((each) => isDefaultToken(each, app));
  const inheritedText = isGone
    ? `${inherited} (not in the vault)`
    : (inherited ?? (isSuccess ? 'none' : '…'));
  return (
    <select
      ref={ref}
      className={styles.token}
      aria-label="Token"
      value={auth.kind === 'token' ? `token:${auth.name}` : auth.kind}
      onChange={({ target: { value } }) => {
        if (value === 'inherit' || value === 'none') onChange({ auth: { kind: value } });
        else onChange({ auth: { kind: 'token', name: value.slice('token:'.length) } });
      }}
    >
      <option value="inherit">{`Default: ${inheritedText}`}</option>
      <option value="none">No token</option>
      {missing !== null && (
        <option value={`token:${missing}`}>{isSuccess ? `${missing} (not in the vault)` : missing}</option>
      )}
      {tokens.map(({ id, name, state }) => (
        <option key={id} value={`token:${name}`}>
          {UNUSABLE.has(state.kind) ? `${name} (${describeTokenState(state)})` : name}
        </option>
      ))}
    </select>
  );
}
