import { Agent } from 'undici';

/** Sends requests one after the other and checks each: `URL COUNT [INDEX VALUE]`. */
const [, , url = '', count = '1', index, value] = process.argv;
const agent = new Agent();
const { origin, pathname } = new URL(url);
for (let sent = 0; sent < Number(count); sent += 1) {
  const { statusCode, body } = await agent.request({
    origin,
    path: pathname,
    method: 'GET',
    headers: { authorization: 'Bearer a-token-of-the-benchmark' },
  });
  const answer = await body.text();
  if (statusCode !== 200) throw new Error(`Status ${statusCode}`);
  if (index !== undefined && JSON.parse(answer)[Number(index)].id !== Number(value)) throw new Error('Field');
}
await agent.close();
