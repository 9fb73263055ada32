import { AppError } from '../../shared/app-error.ts';

const SCHEME = /^[a-z][a-z\d+.-]*:/i;
const WHOLE_URL = /^https?:\/\/[^/\\]/i;
const CONTROL = /\p{Cc}/u;

/**
 * The URL that a request goes to: a whole URL, or a path put behind the app's base URL. A path stays on the
 * origin of the base URL; what browsers would read as another host (`//host`, `\\host`, `http:host`) is
 * refused rather than guessed at. The fragment is dropped, as it is never sent.
 *
 * @throws AppError `INVALID_INPUT`
 */
export function resolveUrl(text: string, baseUrl: string | null): URL {
  if (CONTROL.test(text)) throw refuse('it has a line break or another control character in it');
  const beforeQuery = text.split(/[?#]/, 1)[0] ?? '';
  if (beforeQuery.includes('\\')) throw refuse('it has a backslash in it. Use / between the parts of a path');
  const url = SCHEME.test(text) ? wholeUrl(text) : belowBase(text, baseUrl);
  url.hash = '';
  return url;
}

function wholeUrl(text: string): URL {
  if (!WHOLE_URL.test(text) || !URL.canParse(text)) {
    throw refuse('a whole URL starts with https:// or http:// and a host, as in https://api.example.com/v2');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw refuse('it has a user name or password in it. Keep them as a token, and choose that');
  }
  return url;
}

function belowBase(text: string, baseUrl: string | null): URL {
  if (text.startsWith('//')) throw refuse('it starts with //. Write the whole URL, or a path with one /');
  if (baseUrl === null) {
    throw refuse(
      'it is a path, and the app has no base URL. Write the whole URL, or give the app a base URL',
    );
  }
  const separator = text.startsWith('/') || text.startsWith('?') || text === '' ? '' : '/';
  const whole = `${baseUrl.replace(/\/+$/, '')}${separator}${text}`;
  if (!URL.canParse(whole)) throw refuse('the path cannot be put behind the base URL of the app');
  const url = new URL(whole);
  // Cannot happen by the rules above; a path that did get out must not go through.
  if (url.origin !== new URL(baseUrl).origin) throw refuse('it leads away from the base URL of the app');
  return url;
}

/** The text itself is not repeated: it may hold a secret. */
function refuse(reason: string): AppError {
  return new AppError('INVALID_INPUT', `The URL cannot be used: ${reason}.`, { path: 'url' });
}
