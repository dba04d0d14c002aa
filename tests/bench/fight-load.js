/**
 * A worker of clients that fight: each sends its requests over HTTP, one after the other and over again until the time is
 * up. Apart from the server's thread. Answers how often each status came and how long the slowest took.
 */
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ origin: string, seconds: number, clients: { path: string, headers: Record<string, string>, body: string }[][] }} */
const { origin, seconds, clients } = workerData;
const until = performance.now() + seconds * 1000;
/** @type {Record<string, number>} */
const statuses = {};
const slowest = { milliseconds: 0, path: '' };

await Promise.all(
  clients.map(async (requests) => {
    for (let n = 0; performance.now() < until; n++) {
      const { path, headers, body } = requests[n % requests.length] ?? { path: '', headers: {}, body: '' };
      const start = performance.now();
      // A new id each time, where the request has one.
      const sent = body.replace('$ID', () => crypto.randomUUID());
      const answer = await fetch(origin + path, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
        body: sent,
        redirect: 'manual',
      });
      const text = await answer.text();
      const took = performance.now() - start;
      const key = `${path.startsWith('/api') ? 'API' : 'page'} ${answer.status}`;
      statuses[key] = (statuses[key] ?? 0) + 1;
      if (answer.status >= 500) statuses[`${key}: ${text.slice(0, 200)}`] = 1;
      if (took > slowest.milliseconds) Object.assign(slowest, { milliseconds: took, path });
    }
  }),
);
parentPort?.postMessage({ statuses, slowest });
