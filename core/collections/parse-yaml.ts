import { type Document, parseDocument } from 'yaml';
import { AppError } from '../../shared/app-error.ts';
import { readPlainYaml } from './read-plain-yaml.ts';

/** Parses YAML as data: no custom tags, no alias bombs, no repeated keys. @throws AppError `COLLECTION_INVALID` */
export function parseYaml(text: string, path: string): Document {
  const document = parseDocument(text, { customTags: [], prettyErrors: true, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem === undefined) return document;
  const { line = 0, col = 0 } = problem.linePos?.[0] ?? {};
  throw new AppError('COLLECTION_INVALID', `${path} is not valid YAML: line ${line}, column ${col}.`, {
    path,
    line,
    column: col,
  });
}

/**
 * What a document holds, without its comments and marks: for all who do not write it back.
 *
 * @param maxAliasCount how often it may repeat itself by YAML's aliases
 * @throws AppError `COLLECTION_INVALID`
 */
export function readYaml(text: string, path: string, maxAliasCount = 100): unknown {
  const plain = readPlainYaml(text);
  if (plain !== undefined) return plain;
  const document = parseYaml(text, path);
  try {
    return document.toJS({ maxAliasCount });
  } catch {
    throw new AppError('COLLECTION_INVALID', `${path} repeats itself too often (YAML aliases).`, { path });
  }
}
