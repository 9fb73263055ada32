import { describe, expect, it } from 'vitest';
import { credentialText, describeWithheld } from '../../../shared/requests/withheld.ts';

describe('what became of credentials', () => {
  it('is named after what was withheld, which need not be the token', () => {
    expect(credentialText({ credential: 'withheld', withheld: ['cookies'] })).toBe('cookies withheld');
    expect(credentialText({ credential: 'withheld', withheld: ['token', 'headers'] })).toBe(
      'token, headers withheld',
    );
    expect(credentialText({ credential: 'none', withheld: [] })).toBe('no credential');
  });

  it('is said once for each origin that goes without', () => {
    const hop = { url: 'http://127.0.0.1:9/x', withheld: ['cookies'] } as const;
    expect(describeWithheld([{ url: 'http://127.0.0.1:8/', withheld: [] }, hop, hop])).toEqual([
      'Credentials were withheld from http://127.0.0.1:9 (cookies): it is not one of the app’s origins.',
    ]);
  });

  it('blames no origin where a redirect took away the form that the token goes in', () => {
    expect(describeWithheld([{ url: 'https://api.test/next', withheld: ['form'] }])).toEqual([
      'The token was withheld from https://api.test: a redirect took away the form that it goes in.',
    ]);
  });
});
