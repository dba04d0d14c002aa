import type { Waiting } from '#app/domain/groups/waiting-queries.server.ts';
import { dayText, type Reader } from '#app/ui/session-when.ts';

export interface WaitingView {
  id: string;
  student: { id: string; name: string };
  client: string;
  since: string;
  /** Empty, or when it was offered. */
  offered: string;
  note: string;
  free: boolean;
}

export function viewWaiting(waiting: readonly Waiting[], reader: Reader): WaitingView[] {
  return waiting.map((entry) => ({
    id: entry.id,
    student: { id: entry.studentId, name: entry.studentName },
    client: entry.clientName,
    since: inSentence(dayText(reader, entry.joinedAt)),
    offered: entry.status === 'offered' && entry.offeredAt ? inSentence(dayText(reader, entry.offeredAt)) : '',
    note: entry.note,
    free: entry.free > 0,
  }));
}

/** Today -> today, within a sentence; days of the week keep their capital. */
export const inSentence = (day: string) => (/^(Today|Tomorrow|Yesterday)$/.test(day) ? day.toLowerCase() : day);
