import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { xml } from '@codemirror/lang-xml';
import { bracketMatching, foldGutter, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useEffectEvent, useRef } from 'react';
import styles from './code-editor.module.css';

export type EditorLanguage = 'json' | 'xml' | 'text';

export interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly language: EditorLanguage;
  /** Left out: it can be read, searched and copied, not changed. */
  readonly onChange?: (value: string) => void;
}

const LANGUAGES: Readonly<Record<EditorLanguage, () => Extension>> = { json, xml, text: () => [] };

const COLORS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.tagName, tags.keyword], color: 'var(--accent)' },
  { tag: tags.attributeName, color: 'var(--warn)' },
  { tag: [tags.punctuation, tags.bracket, tags.comment], color: 'var(--text-muted)' },
]);

/** The page's nonce: without it the editor's own styles would be refused. Pages may read it from the property only. */
const NONCE = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** Text with lines and colours. Tab moves on to the next control, as everywhere else. */
export function CodeEditor({ label, value, language, onChange }: CodeEditorProps) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useEffectEvent((text: string) => onChange?.(text));
  const initial = useEffectEvent(() => value);
  const isReadOnly = onChange === undefined;

  useEffect(() => {
    if (parent.current === null) return;
    const editor = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: initial(),
        extensions: [
          EditorView.cspNonce.of(NONCE),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.lineWrapping,
          EditorState.readOnly.of(isReadOnly),
          lineNumbers(),
          foldGutter(),
          history(),
          bracketMatching(),
          highlightSelectionMatches(),
          search({ top: true }),
          syntaxHighlighting(COLORS),
          LANGUAGES[language](),
          keymap.of([
            ...searchKeymap,
            ...historyKeymap,
            ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
          ]),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) changed(state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label, language, isReadOnly]);

  useEffect(() => {
    const editor = view.current;
    const current = editor?.state.doc.toString();
    if (editor === null || current === value) return;
    editor.dispatch({ changes: { from: 0, to: current?.length ?? 0, insert: value } });
  }, [value]);

  return <div ref={parent} className={styles.editor} />;
}
