import {
  LOGIN_PLACES,
  type LoginDescription,
  type LoginDescriptionInput,
  type LoginInput,
  type LoginPlace,
  type LoginRequest,
} from '../../shared/logins/login.ts';
import { referencesIn } from '../../shared/requests/template.ts';

/** What stands in the fields of one request of a login. A form is typed as `name=value`, a line a field. */
export interface RequestDraft {
  readonly method: LoginRequest['method'];
  readonly url: string;
  readonly bodyKind: LoginRequest['body']['kind'];
  readonly json: string;
  readonly form: string;
  readonly withAccessToken: boolean;
}

/** What stands in the fields of a login's description. */
export interface DescriptionDraft {
  readonly signIn: RequestDraft;
  readonly answer: LoginDescription['answer'];
  readonly successPath: string;
  readonly successValue: string;
  readonly place: LoginDescription['sentAs']['place'];
  readonly placeName: string;
  readonly hasExpiry: boolean;
  readonly expiry: RequestDraft;
  readonly hasRefresh: boolean;
  readonly refresh: RequestDraft;
  readonly hasEnd: boolean;
  readonly endSession: RequestDraft;
  readonly hasTwoFactor: boolean;
  readonly twoFactorToken: string;
  readonly sendCode: RequestDraft;
  readonly verifyCode: RequestDraft;
}

const EMPTY_REQUEST: RequestDraft = {
  method: 'POST',
  url: '',
  bodyKind: 'json',
  json: '',
  form: '',
  withAccessToken: false,
};

const json = (members: object) => JSON.stringify(members, null, 2);

/** A login as many have it, to start from. */
export const NEW_DESCRIPTION: DescriptionDraft = {
  signIn: {
    ...EMPTY_REQUEST,
    url: '/login',
    json: json({ username: '{{username}}', password: '{{password}}' }),
    form: 'username={{username}}\npassword={{password}}',
  },
  answer: {
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    expiresIn: 'expires_in',
    expiresAt: '',
    tokenType: '',
    refreshExpiresIn: '',
  },
  successPath: '',
  successValue: '',
  place: 'bearer',
  placeName: '',
  hasExpiry: false,
  expiry: { ...EMPTY_REQUEST, method: 'GET', bodyKind: 'none', withAccessToken: true },
  hasRefresh: false,
  refresh: {
    ...EMPTY_REQUEST,
    json: json({ refresh_token: '{{refreshToken}}' }),
    form: 'refresh_token={{refreshToken}}',
  },
  hasEnd: false,
  endSession: { ...EMPTY_REQUEST, bodyKind: 'none', withAccessToken: true },
  hasTwoFactor: false,
  twoFactorToken: 'token',
  sendCode: { ...EMPTY_REQUEST, json: json({ token: '{{twoFactorToken}}' }) },
  verifyCode: { ...EMPTY_REQUEST, json: json({ token: '{{twoFactorToken}}', code: '{{code}}' }) },
};

export function descriptionDraft(description: LoginDescription): DescriptionDraft {
  const { signIn, answer, success, sentAs, expiry, refresh, endSession, twoFactor } = description;
  return {
    signIn: requestDraft(signIn, NEW_DESCRIPTION.signIn),
    answer,
    successPath: success?.path ?? '',
    successValue: success?.value ?? '',
    place: sentAs.place,
    placeName: sentAs.name,
    hasExpiry: expiry !== null,
    expiry: requestDraft(expiry, NEW_DESCRIPTION.expiry),
    hasRefresh: refresh !== null,
    refresh: requestDraft(refresh, NEW_DESCRIPTION.refresh),
    hasEnd: endSession !== null,
    endSession: requestDraft(endSession, NEW_DESCRIPTION.endSession),
    hasTwoFactor: twoFactor !== null,
    twoFactorToken: twoFactor?.token ?? NEW_DESCRIPTION.twoFactorToken,
    sendCode: requestDraft(twoFactor?.sendCode ?? null, NEW_DESCRIPTION.sendCode),
    verifyCode: requestDraft(twoFactor?.verifyCode ?? null, NEW_DESCRIPTION.verifyCode),
  };
}

/** As the main process takes it, which checks it. */
export function descriptionOf(draft: DescriptionDraft): LoginDescriptionInput {
  const { sendCode } = draft;
  return {
    signIn: requestOf(draft.signIn),
    answer: draft.answer,
    success: draft.successPath === '' ? null : { path: draft.successPath, value: draft.successValue },
    sentAs: { place: draft.place, name: draft.place === 'bearer' ? '' : draft.placeName },
    expiry: draft.hasExpiry ? requestOf(draft.expiry) : null,
    refresh: draft.hasRefresh ? requestOf(draft.refresh) : null,
    endSession: draft.hasEnd ? requestOf(draft.endSession) : null,
    twoFactor: draft.hasTwoFactor
      ? {
          token: draft.twoFactorToken,
          sendCode: sendCode.url.trim() === '' ? null : requestOf(sendCode),
          verifyCode: requestOf(draft.verifyCode),
        }
      : null,
  };
}

/** What a login's templates ask its user for. */
export function placesIn(description: LoginDescriptionInput): ReadonlySet<LoginPlace> {
  // Of all texts in it: where a place stands makes no difference.
  const names = new Set(referencesIn(JSON.stringify(description)));
  return new Set(LOGIN_PLACES.filter((place) => names.has(place)));
}

function requestDraft(request: LoginRequest | null, start: RequestDraft): RequestDraft {
  if (request === null) return start;
  const { method, url, body, withAccessToken } = request;
  return {
    method,
    url,
    withAccessToken,
    bodyKind: body.kind,
    json: body.kind === 'json' ? indented(body.text) : start.json,
    form:
      body.kind === 'form' ? body.fields.map(({ name, value }) => `${name}=${value}`).join('\n') : start.form,
  };
}

function requestOf({
  method,
  url,
  bodyKind,
  json: text,
  form,
  withAccessToken,
}: RequestDraft): LoginInput['description']['signIn'] {
  const rest = { method, url, withAccessToken };
  switch (bodyKind) {
    case 'none':
      return { ...rest, body: { kind: 'none' } };
    case 'json':
      return { ...rest, body: { kind: 'json', text } };
    case 'form':
      return { ...rest, body: { kind: 'form', fields: formFields(form) } };
  }
}

function formFields(form: string): { name: string; value: string }[] {
  return form
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const equals = line.indexOf('=');
      return equals === -1
        ? { name: line.trim(), value: '' }
        : { name: line.slice(0, equals).trim(), value: line.slice(equals + 1).trim() };
    });
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
