import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillTemplate, parseTemplate, referencesIn } from '../../../shared/requests/template.ts';

const template = fc.string({
  unit: fc.constantFrom('{', '}', '{{', '}}', '$', 'a', 'b', '.', ' ', '-', '\n'),
});

test('the parts of any template give it back', () => {
  fc.assert(
    fc.property(template, (text) => {
      const parts = parseTemplate(text).map((part) => (part.kind === 'text' ? part.text : part.source));
      expect(parts.join('')).toBe(text);
    }),
  );
});

test('a value is put in as it is, and what it holds is not looked up', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const looked: string[] = [];
      const filled = fillTemplate('<{{name}}>', (name) => {
        looked.push(name);
        return value;
      });
      expect(filled).toBe(`<${value}>`);
      expect(looked).toEqual(['name']);
    }),
  );
});

test.each([
  ['{{a}} {{ a }} {{b.c-d}} {{$uuid}}', ['a', 'b.c-d', '$uuid']],
  ['{a} {{}} {{ }} {{1a}} {{a b}} {{a', []],
  ['{{{a}}}', ['a']],
])('%s refers to %j', (text, names) => {
  expect(referencesIn(text)).toEqual(names);
});
