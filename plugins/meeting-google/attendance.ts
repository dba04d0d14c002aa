import { type MeetingContext, type MeetingHave, type Presence, z } from '#plugins/contract/index.ts';
import { callGoogle, MEET, read } from './client.ts';
import { eventLink, isEvent } from './events.ts';
import { isSpace } from './spaces.ts';

const MOST_PAGES = 50;

const named = z.object({ displayName: z.string().default('') });
const token = { nextPageToken: z.string().optional() };
const recordsReply = z.object({ conferenceRecords: z.array(z.object({ name: z.string() })).default([]), ...token });
const participantsReply = z.object({
  participants: z
    .array(
      z.object({
        name: z.string(),
        signedinUser: named.extend({ user: z.string().optional() }).optional(),
        anonymousUser: named.optional(),
        phoneUser: named.optional(),
      }),
    )
    .default([]),
  ...token,
});
const sessionsReply = z.object({
  participantSessions: z.array(z.object({ startTime: z.string(), endTime: z.string().optional() })).default([]),
  ...token,
});

/** Who was in the room, by Google's records of it: kept there for 30 days. E-mail addresses are not in them. */
export async function readRecords(ctx: MeetingContext, have: MeetingHave): Promise<Presence[]> {
  const filter = await filterOf(ctx, have);
  if (!filter) return [];
  const records = await pages(ctx, 'conferenceRecords', recordsReply, { filter, pageSize: '100' });
  const stays: Presence[] = [];
  for (const record of records.flatMap((page) => page.conferenceRecords)) {
    const participants = await pages(ctx, `${record.name}/participants`, participantsReply, { pageSize: '250' });
    for (const who of participants.flatMap((page) => page.participants)) {
      const user = who.signedinUser ?? who.anonymousUser ?? who.phoneUser;
      const key = who.signedinUser?.user ?? who.name;
      const person = { key, name: user?.displayName || 'Somebody', email: null, userId: null };
      const sessions = await pages(ctx, `${who.name}/participantSessions`, sessionsReply, { pageSize: '250' });
      for (const { startTime, endTime } of sessions.flatMap((page) => page.participantSessions)) {
        stays.push({ person, joinedAt: new Date(startTime), leftAt: endTime ? new Date(endTime) : null });
      }
    }
  }
  return stays.filter(({ joinedAt }) => !Number.isNaN(joinedAt.getTime()));
}

async function filterOf(ctx: MeetingContext, { ref, joinUrl }: MeetingHave): Promise<string | undefined> {
  if (ref && isSpace(ref)) return `space.name = "${ref}"`;
  const link = joinUrl ?? (ref && isEvent(ref) ? await eventLink(ctx, ref) : undefined);
  const code = /^\/([a-z]+-[a-z]+-[a-z]+)$/.exec(link ? new URL(link).pathname : '')?.[1];
  return code && `space.meeting_code = "${code}"`;
}

async function pages<Schema extends z.ZodType<{ nextPageToken?: string | undefined }>>(
  ctx: MeetingContext,
  path: string,
  schema: Schema,
  query: Record<string, string>,
): Promise<z.output<Schema>[]> {
  const all: z.output<Schema>[] = [];
  let pageToken: string | undefined;
  do {
    const response = await callGoogle(ctx, `${MEET}/${path}`, { query: { ...query, ...(pageToken ? { pageToken } : {}) } });
    const page = await read(schema, response);
    all.push(page);
    pageToken = page.nextPageToken || undefined;
  } while (pageToken && all.length < MOST_PAGES);
  return all;
}
