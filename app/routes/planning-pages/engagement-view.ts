import type { EngagementRow } from '#app/domain/engagements/queries.server.ts';
import { planningRights } from '#app/domain/scheduling/planning-rights.ts';
import { rightLines, whoLabel } from '#app/domain/scheduling/rights-words.ts';
import { dayText, distanceText, type Reader, stampText, timeText } from '#app/ui/session-when.ts';

/** An engagement as lists and pages show it, in words. */
export interface EngagementView {
  id: string;
  tutorId: string;
  tutorName: string;
  studentId: string;
  studentName: string;
  subject: string;
  programId: string;
  program: string;
  who: string;
  /** 1 of 2 h */
  hours: string;
  hoursNext: string;
  state: { label: string; tone: 'good' | 'attention' | 'bad' | 'quiet' | 'neutral' };
  /** Nothing is planned for longer than the rules let it be. */
  idle: boolean;
  next: { text: string; sessionId: string } | null;
  rights: { who: string; text: string; from: string }[];
}

export function viewEngagement(row: EngagementRow, reader: Reader): EngagementView {
  const names = { program: row.programName, tutor: row.tutorName };
  return {
    id: row.id,
    tutorId: row.tutorId,
    tutorName: row.tutorName,
    studentId: row.studentId,
    studentName: row.studentName,
    subject: row.subjectName,
    programId: row.programId,
    program: row.programName,
    who: whoLabel(row.whoMaySchedule),
    hours: hoursText(row.minutesThisWeek, row.hoursPerWeek),
    hoursNext: hoursText(row.minutesNextWeek, row.hoursPerWeek),
    state: stateOf(row, reader),
    idle: row.idle === 'chase_tutor' || row.idle === 'tell_office',
    next:
      row.nextStartsAt && row.nextSessionId
        ? { text: `${dayText(reader, row.nextStartsAt)}, ${timeText(reader, row.nextStartsAt)}`, sessionId: row.nextSessionId }
        : null,
    rights: rightLines(planningRights(row.layers), names),
  };
}

function hoursText(minutes: number, hoursPerWeek: string | null): string {
  const hours = (value: number) => String(Math.round(value * 100) / 100);
  const booked = hours(minutes / 60);
  return hoursPerWeek === null ? `${booked} h` : `${booked} of ${hours(Number(hoursPerWeek))} h`;
}

function stateOf(row: EngagementRow, reader: Reader): EngagementView['state'] {
  if (row.ended) return { label: 'Ended', tone: 'quiet' };
  if (row.idleSince && row.idle !== 'busy' && row.idle !== 'waiting')
    return {
      label: `Nothing planned for ${distanceText(row.idleSince, reader.now)}`,
      tone: row.idle === 'tell_office' ? 'bad' : 'attention',
    };
  if (row.nextStartsAt) return { label: 'Planned', tone: 'good' };
  return { label: 'Nothing planned yet', tone: 'neutral' };
}

/** What was done about an idle one. */
export function chasedText(row: EngagementRow, reader: Reader): string | null {
  if (row.officeToldAt) return `The tutor was reminded, and the office told on ${stampText(reader, row.officeToldAt)}.`;
  return row.chasedAt ? `The tutor was reminded on ${stampText(reader, row.chasedAt)}.` : null;
}
