import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { listToApprove } from '#app/domain/closeout/approval-queries.server.ts';
import { listToCloseOut } from '#app/domain/closeout/queries.server.ts';
import { listProgramChoices } from '#app/domain/organisation/program-queries.server.ts';
import { listTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { OFFICE_SEES_AFTER_HOURS } from '#app/domain/scheduling/today.server.ts';
import { viewSession } from '#app/ui/session-view.ts';
import { timeText } from '#app/ui/session-when.ts';
import { leadingBack } from '../money-pages/way-back.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import type { ApproveRow } from './approve-list.tsx';
import { addressOf, readFilter } from './close-out-filter.ts';
import { deviationText, deviationTone } from './deviation-words.ts';
import type { OverdueRow } from './overdue-list.tsx';

export async function loadCloseOuts({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'closeout.approve');
  const { organisation, reader } = await readerFor(user, context);
  const params = new URL(request.url).searchParams;
  const filter = readFilter(params);
  const { db } = context;
  const narrowed = { tutorId: filter.tutor || undefined, programId: filter.program || undefined, text: filter.q || undefined };
  const [waiting, open, tutors, programs] = await Promise.all([
    listToApprove(db, organisation.timezone, { ...narrowed, show: filter.which || undefined, page: filter.page }),
    listToCloseOut(db, { now: reader.now }),
    listTutorChoices(db, filter.tutor || null),
    listProgramChoices(db, filter.program),
  ]);
  const options = { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/office/sessions', office: true };
  const overdue = open.filter((row) => row.overdueMinutes >= OFFICE_SEES_AFTER_HOURS * 60);
  const back = addressOf(filter);
  return {
    filter,
    tutors,
    programs,
    counts: { differing: waiting.differing, planned: waiting.planned },
    pages: waiting.pages,
    page: waiting.page,
    overdueAfterHours: OFFICE_SEES_AFTER_HOURS,
    approved: Number(params.get('approved') ?? 0) || 0,
    sentBack: params.has('sent-back'),
    toApprove: waiting.rows.map((row): ApproveRow => {
      const began = timeText(reader, row.actualStartsAt);
      return {
        ...viewSession(row, options),
        version: row.version,
        differences: row.deviations.map((one) => ({ text: deviationText(one, began), tone: deviationTone(one) })),
        actual: `${began}, ${row.actualMinutes} min${row.miles ? `, ${row.miles} miles` : ''}`,
        notes: row.notes,
        homework: row.homework,
        privateNote: row.privateNote,
        change: leadingBack(`/office/sessions/${row.id}/close-out`, back),
      };
    }),
    overdue: overdue.map(
      (row): OverdueRow => ({
        ...viewSession(row, options),
        waits: waits(row.overdueMinutes),
        sentBackReason: row.sentBackReason,
      }),
    ),
    waiting: open.length - overdue.length,
  };
}

function waits(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  return days >= 2 ? `${days} days` : `${Math.floor(minutes / 60)} h`;
}
