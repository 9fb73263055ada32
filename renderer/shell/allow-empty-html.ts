declare global {
  interface Window {
    readonly trustedTypes?: {
      readonly createPolicy: (
        name: 'default',
        rules: { readonly createHTML: (html: string) => string | null },
      ) => unknown;
    };
  }
}

/** HTML that may be put into the page: none at all. `null` refuses it. */
export function emptyHtml(html: string): string | null {
  return html === '' ? html : null;
}

/**
 * The page's policy takes no HTML as a string (trusted types), and react-aria empties what it has told screen readers
 * by an `innerHTML` of nothing, at each key in a date field: without this exception the whole window would fail. No
 * other policy can be made beside this one.
 */
export function allowEmptyHtml(): void {
  window.trustedTypes?.createPolicy('default', { createHTML: emptyHtml });
}
