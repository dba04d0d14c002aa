import { refusal } from './refusals.ts';

export interface CalendarEvent {
  id: string;
  status: 'confirmed' | 'cancelled';
  sequence: number;
  summary?: string;
  start?: { dateTime: string; timeZone?: string };
  end?: { dateTime: string; timeZone?: string };
  conferenceData?: {
    createRequest?: { requestId: string; conferenceSolutionKey?: { type: string }; status?: { statusCode: string } };
    conferenceId?: string;
    entryPoints?: { entryPointType: string; uri: string }[];
  };
}

interface CalendarOptions {
  /** A link nobody can guess. */
  newCode: () => string;
}

/** One person's calendar, with what Google documents of ids, conferences and deleted events. */
export function googleCalendar({ newCode }: CalendarOptions) {
  const events = new Map<string, CalendarEvent>();
  const requests = new Set<string>();
  /** The next conference: made later, or not at all. */
  const next = { conference: 'success' as 'success' | 'pending' | 'failure' };

  function withConference(event: CalendarEvent, sent: CalendarEvent, query: URLSearchParams): CalendarEvent {
    const asked = sent.conferenceData?.createRequest;
    // Google passes the conference over, and says nothing, where the parameter is missing or the request's id was there before.
    if (!asked || query.get('conferenceDataVersion') !== '1' || requests.has(asked.requestId)) return event;
    if (asked.conferenceSolutionKey?.type !== 'hangoutsMeet') throw new Error('no such conference solution');
    requests.add(asked.requestId);
    const statusCode = next.conference;
    next.conference = 'success';
    const createRequest = { ...asked, status: { statusCode } };
    return { ...event, conferenceData: { createRequest, ...(statusCode === 'success' ? made(newCode()) : {}) } };
  }

  const made = (code: string) => ({
    conferenceId: code,
    entryPoints: [
      { entryPointType: 'video', uri: `https://meet.google.com/${code}` },
      { entryPointType: 'phone', uri: 'tel:+1-555-0100' },
    ],
  });

  function insert(sent: CalendarEvent, query: URLSearchParams): Response {
    const { id } = sent;
    if (!/^[a-v0-9]{5,1024}$/.test(id)) return refusal(400, 'invalid', 'Invalid resource id value.');
    if (!sent.start?.dateTime || !sent.end?.dateTime) return refusal(400, 'required', 'Missing end time.');
    if (events.has(id)) return refusal(409, 'duplicate', 'The requested identifier already exists.');
    const { conferenceData: _, ...plain } = sent;
    const event = withConference({ ...plain, status: 'confirmed', sequence: 0 }, sent, query);
    events.set(id, event);
    return Response.json(shown(event));
  }

  function change(id: string, sent: CalendarEvent, query: URLSearchParams): Response {
    const known = events.get(id);
    if (!known) return refusal(404, 'notFound', 'Not Found');
    const { conferenceData: _, ...plain } = sent;
    const event = withConference({ ...known, ...plain, sequence: known.sequence + 1 }, sent, query);
    events.set(id, event);
    return Response.json(shown(event));
  }

  function remove(id: string): Response {
    const known = events.get(id);
    if (!known) return refusal(404, 'notFound', 'Not Found');
    if (known.status === 'cancelled') return refusal(410, 'deleted', 'Resource has been deleted');
    events.set(id, { ...known, status: 'cancelled' });
    return new Response(null, { status: 204 });
  }

  const shown = (event: CalendarEvent) => ({ kind: 'calendar#event', ...event });

  return {
    insert,
    read: (id: string) => {
      const event = events.get(id);
      return event ? Response.json(shown(event)) : refusal(404, 'notFound', 'Not Found');
    },
    change,
    remove,
    get: (id: string) => events.get(id),
    ids: () => [...events.values()].filter((event) => event.status === 'confirmed').map((event) => event.id),
    next,
    /** What was pending is there now. */
    finish(id: string): void {
      const event = events.get(id);
      if (event?.conferenceData?.createRequest) {
        const createRequest = { ...event.conferenceData.createRequest, status: { statusCode: 'success' } };
        events.set(id, { ...event, conferenceData: { createRequest, ...made(newCode()) } });
      }
    },
    /** Somebody takes the room off the entry by hand. */
    withoutRoom(id: string): void {
      const event = events.get(id);
      if (event) events.set(id, { ...event, conferenceData: undefined as never });
    },
  };
}
