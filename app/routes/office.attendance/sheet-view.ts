import type { SheetSession } from '#app/domain/closeout/attendance-sheet.server.ts';
import { minutesText } from '#app/ui/session-length.ts';
import { outcomeView, type StatusView, statusOfSession } from '#app/ui/session-status.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';

export interface SheetEntry {
  id: string;
  href: string;
  closeOutHref: string;
  time: string;
  atOffice: string | null;
  title: string;
  tutorName: string;
  place: string;
  length: string;
  status: StatusView;
  /** It can be closed out here: it has begun, and nobody has said yet what took place. */
  open: boolean;
  /** Its end is past: it is ticked from the start. */
  over: boolean;
  students: {
    id: string;
    name: string;
    contact: string;
    phone: string | null;
    outcome: StatusView;
    /** Cancelled: nothing is to be said of it. */
    off: boolean;
  }[];
}

export interface SheetProgram {
  id: string;
  name: string;
  sessions: SheetEntry[];
}

/** The sheet by program, each by its sessions' start. */
export function viewSheet(sessions: readonly SheetSession[], reader: Reader): SheetProgram[] {
  const programs = new Map<string, SheetProgram>();
  for (const session of sessions) {
    const program = programs.get(session.programId) ?? { id: session.programId, name: session.programName, sessions: [] };
    programs.set(session.programId, program);
    program.sessions.push(entryOf(session, reader));
  }
  return [...programs.values()].sort((a, b) => a.name.localeCompare(b.name, reader.locale));
}

function entryOf(session: SheetSession, reader: Reader): SheetEntry {
  const when = whenOf(reader, session.startsAt, session.endsAt);
  const begun = session.startsAt <= reader.now;
  return {
    id: session.id,
    href: `/office/sessions/${session.id}`,
    closeOutHref: `/office/sessions/${session.id}/close-out`,
    time: when.time,
    atOffice: when.atOffice,
    title: session.title || session.subjectName,
    tutorName: session.tutorName,
    place: session.mode === 'online' ? 'Online' : session.location || 'In person',
    length: minutesText(session.durationMinutes),
    status: statusOfSession(session, reader.now),
    open: begun && session.status === 'scheduled' && session.closeOutStatus === null,
    over: session.endsAt <= reader.now,
    students: session.places.map((place) => {
      const contact = session.contacts.get(place.studentId);
      return {
        id: place.studentId,
        name: place.name,
        contact: contact && contact.name !== place.name ? contact.name : '',
        phone: contact?.phone ?? null,
        outcome: outcomeView(place.outcome),
        off: place.outcome === 'cancelled' || place.outcome === 'late_cancel',
      };
    }),
  };
}
