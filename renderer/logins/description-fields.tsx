import { ACCESS_TOKEN_PLACES } from '../../shared/logins/login.ts';
import { CheckField, SelectField, TextField } from '../ui/fields.tsx';
import type { DescriptionDraft } from './login-draft.ts';
import styles from './logins.module.css';
import { RequestFields } from './request-fields.tsx';

const PLACES: Readonly<Record<(typeof ACCESS_TOKEN_PLACES)[number], string>> = {
  bearer: 'Authorization: Bearer',
  header: 'A header',
  query: 'A URL parameter',
  form: 'A form field',
};

interface DescriptionFieldsProps {
  readonly draft: DescriptionDraft;
  readonly onChange: (draft: DescriptionDraft) => void;
}

/** A login of a provider that is not known here: what is sent, and where in the answers things stand. */
export function DescriptionFields({ draft, onChange }: DescriptionFieldsProps) {
  const change = (changes: Partial<DescriptionDraft>) => onChange({ ...draft, ...changes });
  const answer = (changes: Partial<DescriptionDraft['answer']>) =>
    change({ answer: { ...draft.answer, ...changes } });
  return (
    <>
      <p className={styles.hint}>
        In an address or a body, {'{{username}}'}, {'{{password}}'}, {'{{domain}}'} and {'{{clientId}}'} stand
        for what is asked above; {'{{refreshToken}}'} and {'{{accessToken}}'} for what was got.
      </p>
      <RequestFields
        title="Sign-in"
        request={draft.signIn}
        onChange={(signIn) => change({ signIn })}
        urlHint="A path goes behind the app’s base URL"
      />
      <fieldset className={styles.group}>
        <legend>Where in the answer</legend>
        <div className={styles.columns}>
          <TextField
            label="Access token"
            value={draft.answer.accessToken}
            onChange={(accessToken) => answer({ accessToken })}
            hint="Such as data.token or tokens[0].value"
            isValue
          />
          <TextField
            label="Refresh token"
            value={draft.answer.refreshToken}
            onChange={(refreshToken) => answer({ refreshToken })}
            hint="Empty: there is none"
            isValue
          />
          <TextField
            label="Seconds until it expires"
            value={draft.answer.expiresIn}
            onChange={(expiresIn) => answer({ expiresIn })}
            isValue
          />
          <TextField
            label="When it expires"
            value={draft.answer.expiresAt}
            onChange={(expiresAt) => answer({ expiresAt })}
            isValue
          />
          <TextField
            label="What says that it worked"
            value={draft.successPath}
            onChange={(successPath) => change({ successPath })}
            hint="Empty: the status says so"
            isValue
          />
          <TextField
            label="Its value then"
            value={draft.successValue}
            onChange={(successValue) => change({ successValue })}
            hint="Such as 0, or ok"
            isValue
          />
        </div>
      </fieldset>
      <div className={styles.columns}>
        <SelectField
          label="How the access token is sent"
          value={draft.place}
          options={ACCESS_TOKEN_PLACES.map((value) => ({ value, label: PLACES[value] }))}
          onChange={(place) => change({ place })}
        />
        {draft.place !== 'bearer' && (
          <TextField
            label="Under the name"
            value={draft.placeName}
            onChange={(placeName) => change({ placeName })}
            placeholder={draft.place === 'header' ? 'X-Session' : 'session'}
            isValue
          />
        )}
      </div>
      <OtherRequests draft={draft} change={change} />
    </>
  );
}

interface OtherRequestsProps {
  readonly draft: DescriptionDraft;
  readonly change: (changes: Partial<DescriptionDraft>) => void;
}

function OtherRequests({ draft, change }: OtherRequestsProps) {
  return (
    <>
      <CheckField
        label="Another request says when it ends"
        isChecked={draft.hasExpiry}
        onChange={(hasExpiry) => change({ hasExpiry })}
        hint="It is made where the answer does not say so."
      />
      {draft.hasExpiry && (
        <RequestFields
          title="Expiry"
          request={draft.expiry}
          onChange={(expiry) => change({ expiry })}
          hasAccessToken
        />
      )}
      <CheckField
        label="A refresh token renews it"
        isChecked={draft.hasRefresh}
        onChange={(hasRefresh) => change({ hasRefresh })}
        hint="If not, the password does, where it is kept."
      />
      {draft.hasRefresh && (
        <RequestFields
          title="Refresh"
          request={draft.refresh}
          onChange={(refresh) => change({ refresh })}
          hasAccessToken
        />
      )}
      <CheckField
        label="The provider can ask for a code"
        isChecked={draft.hasTwoFactor}
        onChange={(hasTwoFactor) => change({ hasTwoFactor })}
      />
      {draft.hasTwoFactor && (
        <>
          <TextField
            label="Where the answer has what the second step needs"
            value={draft.twoFactorToken}
            onChange={(twoFactorToken) => change({ twoFactorToken })}
            hint="Where it is found, a code is asked for; {{twoFactorToken}} and {{code}} stand for the two."
            isValue
          />
          <RequestFields
            title="Have the code sent"
            request={draft.sendCode}
            onChange={(sendCode) => change({ sendCode })}
            urlHint="Empty: that happens by itself"
          />
          <RequestFields
            title="Verify the code"
            request={draft.verifyCode}
            onChange={(verifyCode) => change({ verifyCode })}
          />
        </>
      )}
      <CheckField
        label="Signing out is told to the provider"
        isChecked={draft.hasEnd}
        onChange={(hasEnd) => change({ hasEnd })}
      />
      {draft.hasEnd && (
        <RequestFields
          title="Sign-out"
          request={draft.endSession}
          onChange={(endSession) => change({ endSession })}
          hasAccessToken
        />
      )}
    </>
  );
}
