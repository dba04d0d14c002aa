/** A worker that sends bookings over HTTP: each client its own, one after the other. Apart from the server's thread. */
import { parentPort, workerData } from 'node:worker_threads';

const { origin, cookie, clients } = workerData;
const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

const start = performance.now();
await Promise.all(
  clients.map(async (/** @type {string[]} */ bodies) => {
    for (const body of bodies) {
      const answer = await fetch(`${origin}/office/sessions/new`, { method: 'POST', headers, body, redirect: 'manual' });
      const page = await answer.text();
      if (answer.status !== 302)
        throw new Error(`a booking was answered with ${answer.status}: ${page.match(/role="alert".{0,600}/s)?.[0]}`);
    }
  }),
);
parentPort?.postMessage(performance.now() - start);
