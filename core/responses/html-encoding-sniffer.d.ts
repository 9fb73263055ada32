/** Which encoding a page or an XML document is in, by BOM, header and what it says itself. A WHATWG name. */
declare module 'html-encoding-sniffer' {
  function sniffHTMLEncoding(
    bytes: Uint8Array,
    options?: { xml?: boolean; transportLayerEncodingLabel?: string; defaultEncoding?: string },
  ): string;
  export = sniffHTMLEncoding;
}
