import type { RequestBody } from '../../shared/requests/request.ts';

export interface BuiltBody {
  /** `null`: none is sent. */
  readonly bytes: Buffer | null;
  /** For a request that names none itself. */
  readonly contentType: string | null;
}

/** The bytes of a body, and their type. */
export function buildBody(body: RequestBody): BuiltBody {
  switch (body.kind) {
    case 'none':
      return { bytes: null, contentType: null };
    case 'json':
      return { bytes: Buffer.from(body.text), contentType: 'application/json' };
    case 'xml':
      return { bytes: Buffer.from(body.text), contentType: 'application/xml' };
    case 'text':
      return { bytes: Buffer.from(body.text), contentType: 'text/plain; charset=utf-8' };
    case 'form': {
      const form = new URLSearchParams();
      for (const { name, value } of body.fields.filter(({ enabled }) => enabled)) form.append(name, value);
      return { bytes: Buffer.from(form.toString()), contentType: 'application/x-www-form-urlencoded' };
    }
  }
}
