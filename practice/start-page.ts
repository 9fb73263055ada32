/** What a browser shows: where one is, and what there is to try. It holds no token. */
export function startPage(): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Tessera practice API</title>
<h1>Tessera practice API</h1>
<p>A server on this computer that answers as providers do, for trying tokens without an account.</p>
<ul>
<li><code>GET /v2/account</code>, <code>GET /v2/authorization/userinfo</code>: sipgate, with Basic credentials</li>
<li><code>/status/:code</code>, <code>/echo</code>, <code>/redirect-to?url=&amp;status=</code>, <code>/delay/:ms</code>, <code>/bytes/:n</code></li>
</ul>
<p>Its tokens were printed where it was started.</p>
</html>
`;
}
