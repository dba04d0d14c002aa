import type { AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { type ApprovalRow, listToApprove } from '#app/domain/closeout/approval-queries.server.ts';
import { officeAfter } from '#app/domain/closeout/chase-steps.ts';
import { countCloseOuts } from '#app/domain/closeout/count-close-outs.server.ts';
import { type CloseOutEvent, listCloseOutHistory } from '#app/domain/closeout/history-queries.server.ts';
import { listOpenCloseOuts, type OpenCloseOut } from '#app/domain/closeout/open-queries.server.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { listProgramChoices } from '#app/domain/organisation/program-queries.server.ts';
import { listTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { changesText, storyText } from '#app/ui/session-detail.ts';
import { type ViewOptions, viewSession } from '#app/ui/session-view.ts';
import { dayText, type Reader, stampText, timeText } from '#app/ui/session-when.ts';
import { leadingBack } from '../money-pages/way-back.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import type { ApproveRow } from './approve-list.tsx';
import { addressOf, type CloseOutFilter, readFilter } from './close-out-filter.ts';
import { deviationText, deviationTone } from './deviation-words.ts';
import type { HistoryRow } from './history-list.tsx';
import type { OverdueTutor } from './overdue-list.tsx';

type Db = AppLoadContext['db'];

/** One part of the page; what the others show is only counted. */
export async function loadCloseOuts({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'closeout.approve');
  const { organisation, reader } = await readerFor(user, context);
  const params = new URL(request.url).searchParams;
  const filter = readFilter(params);
  const { db } = context;
  const options = { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/office/sessions', office: true };
  const [counts, tutors, programs, approve, overdue, history] = await Promise.all([
    countCloseOuts(db, reader.now),
    listTutorChoices(db, filter.tutor || null),
    listProgramChoices(db, filter.program),
    filter.show === 'approve' ? approvePart(db, filter, options) : null,
    filter.show === 'overdue' ? overduePart(db, filter, reader) : null,
    filter.show === 'history' ? historyPart(db, filter, reader) : null,
  ]);
  return {
    ...{ filter, tutors, programs, counts, approve, overdue, history },
    said: {
      approved: Number(params.get('approved') ?? 0) || 0,
      sentBack: params.has('sent-back'),
      reminded: tutors.find((tutor) => tutor.id === params.get('reminded'))?.name ?? '',
    },
  };
}

const narrowedBy = (filter: CloseOutFilter) => ({
  tutorId: filter.tutor || undefined,
  programId: filter.program || undefined,
  text: filter.q || undefined,
});

async function approvePart(db: Db, filter: CloseOutFilter, options: ViewOptions) {
  const { rows, ...rest } = await listToApprove(db, options.reader.organisationZone, {
    ...narrowedBy(filter),
    show: filter.which || undefined,
    page: filter.page,
  });
  return { ...rest, rows: rows.map((row) => viewToApprove(row, options, addressOf(filter))) };
}

function viewToApprove(row: ApprovalRow, options: ViewOptions, back: string): ApproveRow {
  const began = timeText(options.reader, row.actualStartsAt);
  return {
    ...viewSession(row, options),
    version: row.version,
    differences: row.deviations.map((one) => ({
      text: deviationText(one, { began, privateNote: row.privateNote }),
      tone: deviationTone(one),
    })),
    actual: [
      // The minutes in the form of a session that nobody came to mean nothing.
      row.places.some((place) => place.outcome === 'attended') ? `${began}, ${row.actualMinutes} min` : '',
      row.miles ? `${row.miles} miles` : '',
    ]
      .filter(Boolean)
      .join(', '),
    notes: row.notes,
    homework: row.homework,
    change: leadingBack(`/office/sessions/${row.id}/close-out`, back),
  };
}

async function overduePart(db: Db, filter: CloseOutFilter, reader: Reader) {
  const rules = await getCloseOutRules(db);
  const minutes = filter.all ? 0 : officeAfter(rules);
  const open = await listOpenCloseOuts(db, { ...narrowedBy(filter), now: reader.now, minutes });
  return {
    tutors: [...Map.groupBy(open, (row) => row.tutor.id).values()].map((own) => viewTutor(own, reader, addressOf(filter))),
    afterHours: rules.chase_office_hours,
    chases: rules.chase,
  };
}

function viewTutor(own: readonly OpenCloseOut[], reader: Reader, back: string): OverdueTutor {
  const { tutor } = own[0] as OpenCloseOut;
  const told = own.reduce<Date | null>((last, { toldAt }) => (toldAt && (!last || toldAt > last) ? toldAt : last), null);
  return {
    id: tutor.id,
    name: tutor.name,
    href: `/office/tutors/${tutor.id}`,
    phone: tutor.phone,
    reminded: told ? `Reminded ${stampText(reader, told)}` : 'Not reminded of these yet',
    sessions: own.map((row) => ({
      id: row.id,
      href: `/office/sessions/${row.id}`,
      title: row.lesson,
      when: `${dayText(reader, row.startsAt)}, ${timeText(reader, row.startsAt)}`,
      students: row.students.join(', '),
      waits: waitsText(row.minutes),
      sentBackReason: row.sentBackReason,
      closeOut: leadingBack(`/office/sessions/${row.id}/close-out`, back),
    })),
  };
}

function waitsText(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  if (days >= 2) return `${days} days`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

async function historyPart(db: Db, filter: CloseOutFilter, reader: Reader) {
  const { rows, more } = await listCloseOutHistory(db, { ...narrowedBy(filter), page: filter.page });
  return { more, rows: rows.map((row) => viewEvent(row, reader)) };
}

function viewEvent(row: CloseOutEvent, reader: Reader): HistoryRow {
  const names = new Map(row.students.map((student) => [student.id, student.name]));
  return {
    id: row.id,
    at: stampText(reader, row.at),
    who: row.by,
    what: storyText(row.action),
    detail: [...changesText(row, names, reader), row.reason].filter(Boolean).join(' · '),
    href: `/office/sessions/${row.sessionId}`,
    lesson: row.lesson,
    when: `${dayText(reader, row.startsAt)}, ${timeText(reader, row.startsAt)}`,
    people: `${row.students.map((student) => student.name).join(', ')} with ${row.tutorName}`,
  };
}
