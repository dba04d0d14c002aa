import { createHash } from 'node:crypto';
import {
  isPluginError,
  type MeetingContext,
  type MeetingHave,
  type MeetingWant,
  PluginError,
  type Provisioned,
  unlessGone,
  z,
} from '#plugins/contract/index.ts';
import { CALENDAR, callGoogle, read } from './client.ts';

const EVENTS = `${CALENDAR}/calendars/primary/events`;
/** Nobody is invited by Google: the people of the session have their mails from us. */
const quiet = { sendUpdates: 'none' };
/** Without it Google leaves the conference out, and says nothing. */
const withConference = { ...quiet, conferenceDataVersion: '1' };
const PENDING_SECONDS = 5;

const eventReply = z.object({
  id: z.string().min(1),
  status: z.enum(['confirmed', 'tentative', 'cancelled']),
  sequence: z.number().default(0),
  conferenceData: z
    .object({
      createRequest: z.object({ status: z.object({ statusCode: z.string() }).optional() }).optional(),
      entryPoints: z.array(z.object({ entryPointType: z.string(), uri: z.string() })).optional(),
    })
    .optional(),
});
type Event = z.output<typeof eventReply>;

/** The event's id is ours, so that making it twice makes one: letters a to v and digits, as Google asks. */
export function eventId(code: string): string {
  return `lectern${createHash('sha256').update(code).digest('hex').slice(0, 40)}`;
}

export const isEvent = (ref: string | null) => ref?.startsWith('lectern') ?? false;

export async function provisionEvent(ctx: MeetingContext, want: MeetingWant, have: MeetingHave): Promise<Provisioned> {
  const id = have.ref && isEvent(have.ref) ? have.ref : eventId(want.code);
  const known = have.ref === id ? await changeEvent(ctx, id, want) : undefined;
  return settle(ctx, want, known ?? (await insertEvent(ctx, id, want)));
}

async function settle(ctx: MeetingContext, want: MeetingWant, event: Event, again = true): Promise<Provisioned> {
  const link = linkOf(event);
  if (link) return { state: 'ready', ref: event.id, joinUrl: link };
  const state = event.conferenceData?.createRequest?.status?.statusCode;
  if (state === 'pending') return { state: 'pending', ref: event.id, retryAfterSeconds: PENDING_SECONDS };
  if (state === 'failure' || (!again && !event.conferenceData)) {
    const text = 'Google made the calendar entry and no room for it. The tutor’s account may not be allowed to use Meet.';
    throw new PluginError('rejected', text);
  }
  if (!again) throw new PluginError('contract_violation', 'Google made a room and gave no link to it.');
  // An entry that has lost its room, or one that was made without: ask for one.
  return settle(ctx, want, await patchEvent(ctx, event.id, { ...bodyOf(want), ...conference(event) }), false);
}

const linkOf = (event: Event | undefined) =>
  event?.conferenceData?.entryPoints?.find((entry) => entry.entryPointType === 'video')?.uri;

/** The room of an entry that is there. */
export async function eventLink(ctx: MeetingContext, ref: string): Promise<string | undefined> {
  const response = await unlessGone(callGoogle(ctx, `${EVENTS}/${encodeURIComponent(ref)}`));
  return response && linkOf(await read(eventReply, response));
}

async function insertEvent(ctx: MeetingContext, id: string, want: MeetingWant): Promise<Event> {
  const body = { id, ...bodyOf(want), ...conference({ id, sequence: 0 }) };
  try {
    return await read(eventReply, await callGoogle(ctx, EVENTS, { method: 'POST', query: withConference, body }));
  } catch (error) {
    // It is there: an earlier attempt made it, or it was deleted, and its id stays taken.
    if (!isPluginError(error) || error.code !== 'conflict') throw error;
    return patchEvent(ctx, id, bodyOf(want));
  }
}

/** Undefined: it is not there any more. */
const changeEvent = (ctx: MeetingContext, id: string, want: MeetingWant) => unlessGone(patchEvent(ctx, id, bodyOf(want)));

async function patchEvent(ctx: MeetingContext, id: string, body: unknown): Promise<Event> {
  const address = `${EVENTS}/${encodeURIComponent(id)}`;
  return read(eventReply, await callGoogle(ctx, address, { method: 'PATCH', query: withConference, body }));
}

function bodyOf({ title, startsAt, endsAt, timezone }: MeetingWant) {
  return {
    summary: title,
    // One that somebody deleted comes back.
    status: 'confirmed',
    start: { dateTime: startsAt.toISOString(), timeZone: timezone },
    end: { dateTime: endsAt.toISOString(), timeZone: timezone },
  };
}

/** A request with an id that Google knows is passed over, so each state of the event has its own. */
function conference({ id, sequence }: Pick<Event, 'id' | 'sequence'>) {
  const createRequest = { requestId: `${id}-${sequence}`, conferenceSolutionKey: { type: 'hangoutsMeet' } };
  return { conferenceData: { createRequest } };
}

export async function releaseEvent(ctx: MeetingContext, ref: string): Promise<void> {
  const answer = await unlessGone(callGoogle(ctx, `${EVENTS}/${encodeURIComponent(ref)}`, { method: 'DELETE', query: quiet }));
  // A page or half a reply in its place says nothing.
  if (answer && answer.status !== 204) {
    throw new PluginError('contract_violation', 'Google answered a deletion with something that it doesn’t promise.');
  }
}
