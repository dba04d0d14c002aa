import type { RequestRow } from '#app/domain/requests/queries.server.ts';
import { amountText, daysText, MODE_WORDS } from './request-words.ts';

/** A request as a card or a line shows it. */
export function viewRequest(row: RequestRow, now: Date) {
  const { id, ref, studentArchived, stageId, stageName, urgency, ageing, assigneeId, assigneeName, source } = row;
  return {
    ...{ id, ref, studentArchived, stageId, stageName, urgency, ageing, assigneeId, assigneeName, source },
    name: row.studentName || row.clientName || row.ref,
    clientName: row.clientName,
    closed: row.closedAt !== null,
    subject: [row.subjectName ?? 'No subject yet', row.levelName].filter(Boolean).join(', '),
    amount: amountText(row),
    where:
      row.mode === null
        ? ''
        : row.mode === 'in_person'
          ? row.placeName || row.location || MODE_WORDS.in_person
          : MODE_WORDS.online,
    since: daysText(row.stageSince, now),
    stageSince: row.stageSince,
    createdAt: row.createdAt,
    closedReason: row.closedReason,
  };
}
export type RequestView = ReturnType<typeof viewRequest>;
