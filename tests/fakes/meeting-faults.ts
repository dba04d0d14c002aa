import type { MeetingFault } from '#plugins/contract/testing/index.ts';

/** Faults on demand for the fake of a provider: `act` is what it would have done and answered. */
export function meetingFaults(secret: string) {
  let once: MeetingFault | undefined;
  let always: MeetingFault | undefined;
  return {
    failNext(fault: MeetingFault) {
      once = fault;
    },
    /** Every call from now on, until told otherwise. */
    failAlways(fault: MeetingFault | undefined) {
      always = fault;
    },
    answer(method: string, act: () => Response): Response {
      // A reply is lost after the provider acted: on the call that changes something, not on the look before it.
      const fault = once === 'reply_lost' && method === 'GET' ? undefined : (once ?? always);
      if (fault === once) once = undefined;
      switch (fault) {
        case 'unauthorised':
        case 'token_ended':
          return Response.json({ detail: `the key ${secret} was revoked` }, { status: 401 });
        case 'rate_limited':
          return new Response('', { status: 429, headers: { 'retry-after': '90' } });
        case 'unavailable':
          return new Response('<html>bad gateway</html>', { status: 502 });
        case 'malformed':
          return Response.json({ surprise: true });
        case 'html':
          return new Response('<html>Please sign in</html>', { headers: { 'content-type': 'text/html' } });
        case 'half':
          return new Response('{"id": "room-', { headers: { 'content-type': 'application/json' } });
        case 'reply_lost':
          act();
          throw new TypeError('fetch failed');
        default:
          return act();
      }
    },
  };
}
