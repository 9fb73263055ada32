import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Answers the benchmarks, in a process of its own: `/small` with 1 KB of JSON, `/big` with 50 MB of it in
 * 400,000 entries. Prints its address.
 */
const small = Buffer.from(
  JSON.stringify({
    items: Array.from({ length: 20 }, (_, id) => ({ id, name: `item number ${id}`, ok: true })),
  }),
);
const text = 'lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod tempor';
const entries = Array.from({ length: 400_000 }, (_, id) => JSON.stringify({ id, name: `item ${id}`, text }));
const big = Buffer.from(`[${entries.join(',')}]`);

const server = createServer((request, response) => {
  const body = request.url === '/big' ? big : small;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
