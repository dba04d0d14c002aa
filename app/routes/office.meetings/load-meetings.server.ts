import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { isId } from '#app/domain/is-id.ts';
import { listOnlineProviders } from '#app/domain/meetings/fitting-providers.server.ts';
import { listLeftProviders, listMissingRooms } from '#app/domain/meetings/meeting-list-queries.server.ts';
import { listClosedGates } from '#app/domain/meetings/provider-gate.server.ts';
import { seatsProblem } from '#app/domain/meetings/seats.ts';
import { soonText, stampText, timeText } from '#app/ui/session-when.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

/** So many at once: a page that is still read before a button is pressed. */
export const SHOWN = 200;

/** The one provider whose meetings were asked for; undefined: of all. */
export function providerOf(request: Request): string | undefined {
  const asked = new URL(request.url).searchParams.get('provider');
  return asked !== null && isId(asked) ? asked : undefined;
}

/** What the page of meetings shows: providers in trouble or taken out, and the sessions whose room isn't there. */
export async function loadMeetings({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'meeting.manage');
  const { reader } = await readerFor(user, context);
  const { db } = context;
  const installId = providerOf(request);
  const [missing, gates, left, online] = await Promise.all([
    listMissingRooms(db, reader.now, { installId, limit: SHOWN }),
    listClosedGates(db, reader.now),
    listLeftProviders(db, context, reader.now),
    listOnlineProviders(db, context),
  ]);
  // One that is too small for all of them is no choice.
  const smallest = Math.min(...missing.rows.map((row) => row.students));
  const choices = online.filter((install) => missing.rows.length === 0 || !seatsProblem(install, smallest));
  return {
    only: installId ?? null,
    total: missing.total,
    mayOpenProviders: can(user, 'plugins.manage'),
    choices: choices.map(({ id, name }) => ({ id, name })),
    gates: gates.map((gate) => ({
      installId: gate.installId,
      name: gate.installName,
      reason: gate.reason,
      until: timeText(reader, gate.until),
      limited: gate.code === 'rate_limited',
    })),
    left: left.map((provider) => ({ ...provider, others: online.map(({ id, name }) => ({ id, name })) })),
    rooms: missing.rows.map(({ startsAt, nextAttemptAt, ...row }) => ({
      ...row,
      when: stampText(reader, startsAt),
      next: nextAttemptAt && nextAttemptAt > reader.now ? soonText(reader, nextAttemptAt) : null,
    })),
  };
}

export type MeetingsPage = Awaited<ReturnType<typeof loadMeetings>>;
