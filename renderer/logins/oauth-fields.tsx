import type { OAuth, OAuthInput } from '../../shared/logins/oauth.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import styles from './logins.module.css';

/** What stands in the fields of OAuth. */
export interface OAuthDraft {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientAuthentication: OAuth['clientAuthentication'];
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly deviceEndpoint: string;
  readonly revocationEndpoint: string;
}

export const NEW_OAUTH: OAuthDraft = {
  issuer: '',
  clientId: '',
  clientAuthentication: 'basic',
  authorizationEndpoint: '',
  tokenEndpoint: '',
  deviceEndpoint: '',
  revocationEndpoint: '',
};

export function oauthDraft(oauth: OAuth): OAuthDraft {
  return {
    ...oauth,
    issuer: oauth.issuer ?? '',
    authorizationEndpoint: oauth.authorizationEndpoint ?? '',
    tokenEndpoint: oauth.tokenEndpoint ?? '',
    deviceEndpoint: oauth.deviceEndpoint ?? '',
    revocationEndpoint: oauth.revocationEndpoint ?? '',
  };
}

/** As the main process takes it, which checks it. */
export function oauthOf(draft: OAuthDraft, grant: OAuth['grant']): OAuthInput {
  const given = (text: string) => (text.trim() === '' ? null : text);
  return {
    grant,
    clientId: draft.clientId,
    clientAuthentication: draft.clientAuthentication,
    issuer: given(draft.issuer),
    authorizationEndpoint: given(draft.authorizationEndpoint),
    tokenEndpoint: given(draft.tokenEndpoint),
    deviceEndpoint: given(draft.deviceEndpoint),
    revocationEndpoint: given(draft.revocationEndpoint),
  };
}

interface OAuthFieldsProps {
  readonly draft: OAuthDraft;
  readonly grant: OAuth['grant'];
  readonly onChange: (draft: OAuthDraft) => void;
  readonly problem: (path: string) => string | undefined;
}

export function OAuthFields({ draft, grant, onChange, problem }: OAuthFieldsProps) {
  const field = (name: Exclude<keyof OAuthDraft, 'clientAuthentication'>, label: string, hint?: string) => (
    <TextField
      label={label}
      value={draft[name]}
      onChange={(value) => onChange({ ...draft, [name]: value })}
      error={problem(name)}
      hint={hint}
      isValue
    />
  );
  return (
    <>
      {field('issuer', 'Issuer', 'Such as https://login.example.com; what it publishes names the endpoints')}
      <div className={styles.columns}>
        {field('clientId', 'Client ID')}
        <SelectField
          label="How the client shows who it is"
          value={draft.clientAuthentication}
          options={[
            { value: 'basic', label: 'Secret as Basic header' },
            { value: 'post', label: 'Secret in the form' },
            ...(grant === 'client-credentials'
              ? []
              : [{ value: 'none' as const, label: 'Without a secret' }]),
          ]}
          onChange={(clientAuthentication) => onChange({ ...draft, clientAuthentication })}
        />
      </div>
      <details className={styles.more}>
        <summary>Endpoints, where there is no issuer or others than it names</summary>
        <div className={styles.columns}>
          {field('tokenEndpoint', 'Token')}
          {grant === 'authorization-code' && field('authorizationEndpoint', 'Authorization')}
          {grant === 'device-code' && field('deviceEndpoint', 'Device authorization')}
          {field('revocationEndpoint', 'Revocation')}
        </div>
      </details>
    </>
  );
}
