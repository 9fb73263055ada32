import { AppError } from '../../shared/app-error.ts';
import type { RequestBody } from '../../shared/requests/request.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { multipartBody } from './multipart-body.ts';
import { StreamedBody } from './streamed-body.ts';

export interface BuiltBody {
  /** `null`: none is sent. */
  readonly content: Buffer | StreamedBody | null;
  /** For a request that names none itself. */
  readonly contentType: string | null;
}

export interface BodyFiles {
  /**
   * The absolute path of a file that a request names.
   *
   * @throws AppError `FILE_NOT_ALLOWED` for one that nobody chose and that is not the collection's own
   */
  readonly locate: (path: string) => string;
  readonly redactor: Redactor;
}

/** The content of a body, and its type. @throws AppError `FILE_NOT_FOUND`, `FILE_NOT_ALLOWED`, `INVALID_INPUT` */
export async function buildBody(body: RequestBody, { locate, redactor }: BodyFiles): Promise<BuiltBody> {
  switch (body.kind) {
    case 'none':
      return { content: null, contentType: null };
    case 'json':
      return { content: Buffer.from(body.text), contentType: 'application/json' };
    case 'xml':
      return { content: Buffer.from(body.text), contentType: 'application/xml' };
    case 'text':
      return { content: Buffer.from(body.text), contentType: 'text/plain; charset=utf-8' };
    case 'graphql':
      return { content: Buffer.from(graphqlText(body)), contentType: 'application/json' };
    case 'form': {
      const form = new URLSearchParams();
      for (const { name, value } of body.fields.filter(({ enabled }) => enabled)) form.append(name, value);
      return { content: Buffer.from(form.toString()), contentType: 'application/x-www-form-urlencoded' };
    }
    case 'file': {
      const content = await StreamedBody.of([{ path: locate(body.path) }], redactor);
      return { content, contentType: body.contentType ?? 'application/octet-stream' };
    }
    case 'multipart': {
      const parts = body.parts
        .filter(({ enabled }) => enabled)
        .map((part) => (part.kind === 'file' ? { ...part, value: locate(part.value) } : part));
      const { segments, contentType } = multipartBody(parts);
      return { content: await StreamedBody.of(segments, redactor), contentType };
    }
  }
}

/** As the GraphQL over HTTP specification wants it. */
function graphqlText({ query, variables }: { readonly query: string; readonly variables: string }): string {
  if (variables.trim() === '') return JSON.stringify({ query });
  try {
    return JSON.stringify({ query, variables: JSON.parse(variables) as unknown });
  } catch {
    throw new AppError('INVALID_INPUT', 'The variables of the GraphQL query are not JSON.', {
      path: 'body.variables',
    });
  }
}
