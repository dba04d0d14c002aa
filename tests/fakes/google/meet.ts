import { refusal } from './refusals.ts';

interface Stay {
  user: string | null;
  name: string;
  startTime: string;
  endTime?: string;
}

/** Google Meet's rooms and its records of who was in them. */
export function googleMeet({ newCode }: { newCode: () => string }) {
  const spaces = new Map<string, { name: string; meetingCode: string; meetingUri: string; config: unknown }>();
  /** By the room's code: one conference each. */
  const conferences = new Map<string, Stay[]>();

  const page = <T>(key: string, all: T[], query: URLSearchParams, most: number) => {
    const size = Math.min(Number(query.get('pageSize') ?? most), most);
    const from = Number(query.get('pageToken') ?? 0);
    const more = from + size < all.length ? { nextPageToken: String(from + size) } : {};
    return Response.json({ ...(all.length > 0 ? { [key]: all.slice(from, from + size) } : {}), ...more });
  };

  /** A person has one entry for each time that they came without an account, and one for all times with one. */
  const participants = (code: string) => {
    const stays = conferences.get(code) ?? [];
    const users = [...new Set(stays.map((stay, index) => stay.user ?? `#${index}`))];
    return users.map((user, number) => {
      const own = stays.filter((stay, index) => (stay.user ?? `#${index}`) === user);
      return { name: `conferenceRecords/record-${code}/participants/${number + 1}`, user, own };
    });
  };

  return {
    /** Pages hold no more than so many, as Google may decide. */
    limits: { perPage: 100 },
    create(sent: { config?: unknown }): Response {
      const code = newCode();
      const name = `spaces/space${spaces.size + 1}`;
      const space = { name, meetingCode: code, meetingUri: `https://meet.google.com/${code}`, config: sent.config ?? {} };
      spaces.set(name, space);
      return Response.json(space);
    },
    get(name: string): Response {
      const space = spaces.get(name);
      return space ? Response.json(space) : refusal(404, '', 'Requested entity was not found.', 'NOT_FOUND');
    },
    end(name: string): Response {
      if (!spaces.has(name)) return refusal(404, '', 'Requested entity was not found.', 'NOT_FOUND');
      return refusal(400, '', 'There is no active conference for the given space.', 'FAILED_PRECONDITION');
    },
    records(query: URLSearchParams): Response {
      const filter = /^space\.(name|meeting_code) = "([^"]+)"$/.exec(query.get('filter') ?? '');
      if (!filter) return refusal(400, '', 'The filter is not valid.', 'INVALID_ARGUMENT');
      const code = filter[1] === 'name' ? spaces.get(filter[2] ?? '')?.meetingCode : filter[2];
      const found = code && conferences.has(code) ? [{ name: `conferenceRecords/record-${code}` }] : [];
      return page('conferenceRecords', found, query, this.limits.perPage);
    },
    participants(record: string, query: URLSearchParams): Response {
      const all = participants(record.replace('conferenceRecords/record-', '')).map(({ name, user, own }) => {
        const displayName = own[0]?.name ?? '';
        return { name, ...(user.startsWith('#') ? { anonymousUser: { displayName } } : { signedinUser: { user, displayName } }) };
      });
      return page('participants', all, query, this.limits.perPage);
    },
    sessions(participant: string, query: URLSearchParams): Response {
      const code = /record-([a-z-]+)\//.exec(participant)?.[1] ?? '';
      const known = participants(code).find(({ name }) => name === participant);
      const all = (known?.own ?? []).map(({ startTime, endTime }, index) => ({
        ...{ name: `${participant}/participantSessions/${index + 1}`, startTime },
        ...(endTime ? { endTime } : {}),
      }));
      return page('participantSessions', all, query, this.limits.perPage);
    },
    /** Somebody was in the room. */
    attend(code: string, stays: Stay[]): void {
      conferences.set(code, [...(conferences.get(code) ?? []), ...stays]);
    },
    space: (name: string) => spaces.get(name),
    names: () => [...spaces.keys()],
  };
}
