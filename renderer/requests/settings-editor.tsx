import type { Request } from '../../shared/requests/request.ts';
import { CheckField } from '../ui/fields.tsx';
import { NumberField } from '../ui/number-field.tsx';
import styles from './composer.module.css';

interface SettingsEditorProps {
  readonly request: Request;
  readonly onChange: (changes: Partial<Request>) => void;
}

/** How a request is sent, beside what it says. */
export function SettingsEditor({ request, onChange }: SettingsEditorProps) {
  return (
    <div className={styles.settings}>
      <CheckField
        label="Send and keep cookies"
        isChecked={request.cookies}
        onChange={(cookies) => onChange({ cookies })}
        hint="The app’s cookies go to its allowed origins only. A Cookie header that is typed takes their place."
      />
      <NumberField
        label="Redirects to follow"
        value={request.maxRedirects}
        most={100}
        onChange={(maxRedirects) => onChange({ maxRedirects })}
      />
      <NumberField
        label="Timeout in seconds"
        value={request.timeoutMs / 1000}
        most={86_400}
        onChange={(seconds) => onChange({ timeoutMs: Math.max(1, Math.round(seconds * 1000)) })}
      />
      <NumberField
        label="Further tries"
        value={request.retries}
        most={10}
        onChange={(retries) => onChange({ retries: Math.round(retries) })}
      />
      <p className={styles.note}>
        After 429, 502, 503, 504 or a failed connection; GET, HEAD, OPTIONS, PUT and DELETE only. Retry-After
        is heeded up to a minute.
      </p>
    </div>
  );
}
