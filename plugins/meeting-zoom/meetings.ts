import { type MeetingContext, type MeetingTutor, type MeetingWant, PluginError, z } from '#plugins/contract/index.ts';
import { callZoom, done, read, segment } from './client.ts';
import type { ZoomSettings } from './settings.ts';

const SCHEDULED = 2;
const MOST_TOPIC = 200;
const MOST_PAGES = 20;

const link = z.url({ protocol: /^https$/ });
const id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
const meetingReply = z.object({
  id,
  join_url: link,
  start_url: link.optional(),
  host_email: z.string().optional(),
  topic: z.string().default(''),
  agenda: z.string().default(''),
  start_time: z.string().optional(),
  duration: z.number().optional(),
  timezone: z.string().optional(),
});
const listReply = z.object({
  next_page_token: z.string().default(''),
  meetings: z.array(z.object({ id, join_url: link, topic: z.string().default(''), agenda: z.string().optional() })),
});

export type ZoomMeeting = z.output<typeof meetingReply>;

/** Whose meetings: the connected account's, or those of the company's user with the tutor's e-mail address. */
export function hostOf(ctx: MeetingContext, tutor: MeetingTutor): string {
  if (ctx.account) return 'me';
  if (tutor.email) return segment(tutor.email);
  throw new PluginError('config_invalid', noEmail(tutor));
}

export const noEmail = (tutor: MeetingTutor) =>
  `${tutor.name} has no e-mail address, by which Zoom knows its users. Add it on the tutor’s page.`;

/** A meeting of another host can't be handed over: it has to be made anew. */
export function isHostedBy(ctx: MeetingContext, tutor: MeetingTutor, meeting: ZoomMeeting): boolean {
  const expected = ctx.account ? ctx.account.label : tutor.email;
  if (!meeting.host_email || !expected || (ctx.account && !expected.includes('@'))) return true;
  return meeting.host_email.toLowerCase() === expected.toLowerCase();
}

/** Stands at the end of the topic: short, because families read it. The whole code is in the agenda. */
const markOf = (code: string) => `(${code.slice(0, 8)})`;

function bodyOf(want: MeetingWant, { entry }: Pick<ZoomSettings, 'entry'>) {
  const mark = markOf(want.code);
  const title = want.title.slice(0, MOST_TOPIC - mark.length - 1);
  return {
    topic: `${title} ${mark}`,
    type: SCHEDULED,
    start_time: want.startsAt.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    duration: Math.max(1, Math.round((want.endsAt.getTime() - want.startsAt.getTime()) / 60_000)),
    timezone: want.timezone,
    agenda: `Lesson ${want.code}. Changes made here are overwritten: move it in Lectern.`,
    settings: {
      waiting_room: entry === 'waiting_room',
      join_before_host: entry === 'before_host',
      ...(entry === 'before_host' ? { jbh_time: 10 } : {}),
    },
  };
}

export async function createMeeting(ctx: MeetingContext, want: MeetingWant, settings: ZoomSettings): Promise<ZoomMeeting> {
  const path = `/users/${hostOf(ctx, want.tutor)}/meetings`;
  return read(meetingReply, await callZoom(ctx, path, { method: 'POST', body: bodyOf(want, settings) }));
}

/** Changes only what differs: each change counts among the 100 that Zoom takes of one user in a day; looking doesn't. */
export async function updateMeeting(
  ctx: MeetingContext,
  meeting: ZoomMeeting,
  want: MeetingWant,
  settings: ZoomSettings,
): Promise<void> {
  const body = bodyOf(want, settings);
  const same =
    meeting.topic === body.topic &&
    meeting.agenda === body.agenda &&
    meeting.duration === body.duration &&
    meeting.timezone === body.timezone &&
    Date.parse(meeting.start_time ?? '') === Date.parse(body.start_time);
  if (!same) done(await callZoom(ctx, `/meetings/${segment(meeting.id)}`, { method: 'PATCH', body }));
}

export async function getMeeting(ctx: MeetingContext, ref: string): Promise<ZoomMeeting> {
  return read(meetingReply, await callZoom(ctx, `/meetings/${segment(ref)}`));
}

export async function deleteMeeting(ctx: MeetingContext, ref: string): Promise<void> {
  // Lectern tells people itself.
  const query = { schedule_for_reminder: 'false', cancel_meeting_reminder: 'false' };
  done(await callZoom(ctx, `/meetings/${segment(ref)}`, { method: 'DELETE', query }));
}

/** The meeting that carries the session's code, among those of its host that are not over. */
export async function findMeeting(ctx: MeetingContext, want: MeetingWant): Promise<{ id: string; join_url: string } | undefined> {
  const path = `/users/${hostOf(ctx, want.tutor)}/meetings`;
  let token = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { type: 'scheduled', page_size: '300', ...(token ? { next_page_token: token } : {}) };
    const list = await read(listReply, await callZoom(ctx, path, { query }));
    for (const meeting of list.meetings) {
      if (meeting.agenda?.includes(want.code)) return meeting;
      // The list may leave the agenda out; the meeting itself has it.
      const marked = meeting.agenda === undefined && meeting.topic.endsWith(markOf(want.code));
      if (marked && (await getMeeting(ctx, meeting.id)).agenda.includes(want.code)) return meeting;
    }
    token = list.next_page_token;
    if (!token) return undefined;
  }
  throw new PluginError('contract_violation', 'Zoom’s list of meetings has no end.');
}
