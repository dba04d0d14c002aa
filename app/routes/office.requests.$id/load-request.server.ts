import type { AppLoadContext } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { customOf } from '#app/domain/fields/queries.server.ts';
import { findContacts } from '#app/domain/requests/contacts.server.ts';
import { listLikelyClients, listOpenRequestsOf } from '#app/domain/requests/find-duplicates.server.ts';
import { getRequest } from '#app/domain/requests/queries.server.ts';
import { listOfficeChoices } from '#app/domain/requests/request-choices.server.ts';
import { isClosedKind } from '#app/domain/requests/request-kinds.ts';
import { listLostReasons, listStages } from '#app/domain/requests/stages.server.ts';
import { tagsOf } from '#app/domain/tags/queries.server.ts';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found } from '#app/ui/record-param.server.ts';
import { timeOfDay } from '../availability-pages/time-of-day.ts';
import { weekWords } from '../availability-pages/week-words.server.ts';
import { visibilitiesOf } from '../person-pages/notes-page.server.ts';
import { viewRequest } from '../request-pages/request-view.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

/** Everything the page of a request shows of the request itself. */
export async function loadRequest(id: string, context: AppLoadContext, user: SignedInUser) {
  const { db } = context;
  const { organisation, reader } = await readerFor(user, context);
  const row = await found(getRequest(db, reader.now, id));
  const open = row.closedAt === null;
  const [stages, tags, contacts, office, reasons, history] = await Promise.all([
    listStages(db, { archived: true }),
    tagsOf(db, 'requestId', [id]),
    findContacts(db, row),
    listOfficeChoices(db, row.assigneeId),
    listLostReasons(db),
    listAudit(db, { subjectType: 'request', subjectId: id, visibilities: visibilitiesOf(user), limit: 30 }),
  ]);
  const [requests, people] = open
    ? await Promise.all([
        row.studentId ? listOpenRequestsOf(db, { studentId: row.studentId, subjectId: row.subjectId, exceptId: id }) : [],
        listLikelyClients(db, { email: contacts.email, phone: contacts.phone, exceptId: row.clientId }),
      ])
    : [[], []];
  const custom = await customOf(db, 'request', id, officeAudience(user));
  const names = new Map(stages.map((stage) => [stage.id, stage.name]));
  return {
    view: viewRequest(row, reader.now),
    request: row,
    custom,
    contacts,
    tags: (tags.get(id) ?? []).map((tag) => tag.name),
    times: timesByDay(row.times, reader.locale),
    zoneDiffers: row.zone !== organisation.timezone,
    stages: stages
      .filter((stage) => stage.archivedAt === null || stage.id === row.stageId)
      .map(({ id, name, kind }) => ({ id, name, kind, closed: isClosedKind(kind) })),
    office,
    reasons,
    duplicates: { requests, people },
    history: history.map((entry) => {
      const line = historyLine(entry);
      const to = (entry.after as { stageId?: string } | null)?.stageId;
      return entry.action === 'request.create' || !to
        ? line
        : { ...line, changes: [names.get(to) ?? '', ...line.changes.slice(1)].filter(Boolean) };
    }),
  };
}

/** Mon 15:00 to 18:00, with what they wish for said. */
function timesByDay(
  times: readonly { weekday: number; startMinute: number; endMinute: number; wished: boolean }[],
  locale: string,
) {
  const { weekdays, hour12 } = weekWords(locale);
  return weekdays.flatMap(({ weekday, long }) => {
    const spans = times
      .filter((time) => time.weekday === weekday)
      .map(({ startMinute, endMinute, wished }) => ({
        text: `${timeOfDay(startMinute, hour12)} – ${timeOfDay(endMinute, hour12)}`,
        wished,
      }));
    return spans.length === 0 ? [] : [{ day: long, spans }];
  });
}
