/** What the close-out form holds, as typed; the same on the first visit, after a refusal, and for a correction. */
export interface CloseOutValues {
  /** YYYY-MM-DDTHH:mm in the session's zone. */
  actualWallStart: string;
  actualMinutes: string;
  miles: string;
  notes: string;
  privateNote: string;
  homework: string;
  nextTopics: string;
  students: { studentId: string; name: string; outcome: string; note: string }[];
}

interface Planned {
  wallStart: string;
  durationMinutes: number;
  places: readonly { studentId: string; studentName: string; outcome: string; note?: string | null }[];
  closeOut: {
    actualWallStart: string;
    actualMinutes: number;
    miles: string | null;
    notes: string;
    privateNote: string;
    homework: string;
    nextTopics: string;
  } | null;
}

const left = (outcome: string) => outcome !== 'cancelled' && outcome !== 'late_cancel';

/** The form as a tutor first sees it: as planned, or as it was closed out before. */
export function closeOutValues(session: Planned): CloseOutValues {
  const before = session.closeOut;
  return {
    actualWallStart: (before?.actualWallStart ?? session.wallStart).slice(0, 16),
    actualMinutes: String(before?.actualMinutes ?? session.durationMinutes),
    miles: before?.miles ?? '',
    notes: before?.notes ?? '',
    privateNote: before?.privateNote ?? '',
    homework: before?.homework ?? '',
    nextTopics: before?.nextTopics ?? '',
    students: session.places
      .filter((place) => left(place.outcome))
      .map((place) => ({
        studentId: place.studentId,
        name: place.studentName,
        outcome: place.outcome === 'planned' ? 'attended' : place.outcome,
        note: place.note ?? '',
      })),
  };
}

/** What came back from the form. A field that is missing keeps what the session says. */
export function typedCloseOut(form: FormData, from: CloseOutValues): CloseOutValues {
  const text = (name: string, otherwise: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : otherwise;
  };
  return {
    actualWallStart: text('actualWallStart', from.actualWallStart).slice(0, 16),
    actualMinutes: text('actualMinutes', from.actualMinutes),
    miles: text('miles', from.miles).replace(',', '.'),
    notes: text('notes', from.notes),
    privateNote: text('privateNote', from.privateNote),
    homework: text('homework', from.homework),
    nextTopics: text('nextTopics', from.nextTopics),
    students: from.students.map((student) => ({
      ...student,
      outcome: text(`outcome.${student.studentId}`, student.outcome),
      note: text(`note.${student.studentId}`, student.note),
    })),
  };
}

/** "Took place as planned": the times and the outcomes of the plan with the words that were typed. */
export function asPlanned(typed: CloseOutValues, planned: CloseOutValues): CloseOutValues {
  return {
    ...typed,
    actualWallStart: planned.actualWallStart,
    actualMinutes: planned.actualMinutes,
    students: typed.students.map((student) => ({ ...student, outcome: 'attended' })),
  };
}

/** What the use case takes. Minutes stay as typed where they are no number, so that the schema says so at the field. */
export function closeOutInput(sessionId: string, values: CloseOutValues) {
  return {
    sessionId,
    actualWallStart: values.actualWallStart,
    actualMinutes: /^\d+$/.test(values.actualMinutes) ? Number(values.actualMinutes) : Number.NaN,
    ...(values.miles === '' ? {} : { miles: values.miles }),
    notes: values.notes,
    privateNote: values.privateNote,
    homework: values.homework,
    nextTopics: values.nextTopics,
    attendance: values.students.map(({ studentId, outcome, note }) => ({ studentId, outcome, note })),
  };
}
