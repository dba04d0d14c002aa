import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type MeetingContext,
  type MeetingEvent,
  type MeetingWebhookResult,
  type Presence,
  type PresentPerson,
  unlessGone,
  type WebhookRequest,
  z,
} from '#plugins/contract/index.ts';
import { callZoom, read, segment } from './client.ts';

const MOST_AGE_MS = 5 * 60_000;
const MOST_PAGES = 50;

const text = z.string().nullish();
const person = {
  /** Of a user who is signed in; empty for a guest. */
  id: text,
  /** Of one stay in one meeting. */
  user_id: z.union([z.string(), z.number()]).nullish(),
};

const event = z.object({
  event: z.string().max(200),
  event_ts: z.number().nullish(),
  payload: z.object({
    plainToken: text,
    object: z
      .object({
        id: z.union([z.string(), z.number()]).transform(String),
        uuid: z.string().max(200).default(''),
        start_time: text,
        end_time: text,
        participant: z.object({ ...person, user_name: text, email: text, join_time: text, leave_time: text }).optional(),
      })
      .optional(),
  }),
});

const reportReply = z.object({
  next_page_token: z.string().default(''),
  participants: z.array(
    z.object({ ...person, name: text, user_email: text, join_time: z.string(), leave_time: text, status: text }),
  ),
});

/** A guest who comes back has another number, so a guest is two people; somebody signed in is one. */
function personOf(given: { id?: string | null; user_id?: string | number | null }, name: string, email: string): PresentPerson {
  const key = given.id || (email ? email.toLowerCase() : `guest:${given.user_id ?? name}`);
  return { key, name: name || email || 'Somebody', email: email || null, userId: null };
}

/** `v0=` and the hex HMAC-SHA256 of `v0:{timestamp}:{body}`, over the bytes as they came; also of the token in a handshake. */
export const hmac = (secret: string, ...parts: (string | Uint8Array)[]) =>
  parts.reduce((sum, part) => sum.update(part), createHmac('sha256', secret)).digest('hex');

export function readWebhook({ headers, rawBody, now }: WebhookRequest, secret: string): MeetingWebhookResult {
  const stamp = headers['x-zm-request-timestamp'] ?? '';
  const given = Buffer.from(headers['x-zm-signature'] ?? '');
  const right = Buffer.from(`v0=${hmac(secret, `v0:${stamp}:`, rawBody)}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    return { ok: false, status: 401, message: 'The signature is not Zoom’s.' };
  }
  if (!(Math.abs(now.getTime() - Number(stamp) * 1_000) <= MOST_AGE_MS)) {
    return { ok: false, status: 401, message: 'The event is older than five minutes.' };
  }
  const parsed = event.safeParse(jsonOf(rawBody));
  if (!parsed.success) return { ok: false, status: 400, message: 'This is no event of Zoom.' };
  const { payload } = parsed.data;
  if (parsed.data.event === 'endpoint.url_validation') {
    const plainToken = payload.plainToken ?? '';
    const body = JSON.stringify({ plainToken, encryptedToken: hmac(secret, plainToken) });
    return { ok: true, events: [], reply: { contentType: 'application/json', body } };
  }
  const told = eventOf(parsed.data);
  return { ok: true, events: told ? [told] : [] };
}

function eventOf({ event: type, event_ts, payload }: z.output<typeof event>): MeetingEvent | undefined {
  const { object } = payload;
  if (!object) return undefined;
  const { participant } = object;
  const time = timeOf(type, object);
  const at = new Date(time ?? event_ts ?? Number.NaN);
  if (Number.isNaN(at.getTime())) return undefined;
  const who = participant && personOf(participant, participant.user_name ?? '', participant.email ?? '');
  // Zoom numbers no events: what makes one is what happened to whom in which run of the meeting, and when.
  const stay = participant ? `:${participant.user_id ?? ''}:${who?.key}` : '';
  const base = { key: `${type}:${object.id}:${object.uuid}${stay}:${at.toISOString()}`, type, ref: object.id, at };
  if (type === 'meeting.started') return { ...base, fact: 'started' };
  if (type === 'meeting.ended') return { ...base, fact: 'ended' };
  if (type === 'meeting.deleted') return { ...base, fact: 'gone' };
  if (type === 'meeting.participant_joined' && who) return { ...base, fact: 'joined', person: who };
  if (type === 'meeting.participant_left' && who) return { ...base, fact: 'left', person: who };
  return { ...base, fact: 'other' };
}

function timeOf(type: string, object: NonNullable<z.output<typeof event>['payload']['object']>): string | undefined {
  const { participant } = object;
  if (type === 'meeting.started') return object.start_time || undefined;
  if (type === 'meeting.ended') return object.end_time || undefined;
  if (type === 'meeting.participant_joined') return participant?.join_time || undefined;
  if (type === 'meeting.participant_left') return participant?.leave_time || undefined;
  return undefined;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Zoom's report of a meeting that is over; empty where nobody came. The time in the waiting room doesn't count. */
export async function readReport(ctx: MeetingContext, ref: string): Promise<Presence[]> {
  const stays: Presence[] = [];
  let token = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { page_size: '300', ...(token ? { next_page_token: token } : {}) };
    const path = `/report/meetings/${segment(ref)}/participants`;
    const response = await unlessGone(callZoom(ctx, path, { query }));
    if (!response) return [];
    const report = await read(reportReply, response);
    for (const row of report.participants) {
      const joinedAt = new Date(row.join_time);
      const leftAt = row.leave_time ? new Date(row.leave_time) : null;
      if (row.status === 'in_waiting_room' || Number.isNaN(joinedAt.getTime())) continue;
      stays.push({ person: personOf(row, row.name ?? '', row.user_email ?? ''), joinedAt, leftAt });
    }
    token = report.next_page_token;
    if (!token) break;
  }
  return stays;
}
