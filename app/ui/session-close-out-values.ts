/** What the close-out form holds, as typed; the same on the first visit, from a draft, after a refusal, and for a correction. */
export interface CloseOutValues {
  /** YYYY-MM-DDTHH:mm in the session's zone. */
  actualWallStart: string;
  actualMinutes: string;
  /** Empty: the same. */
  paidMinutes: string;
  miles: string;
  notes: string;
  privateNote: string;
  homework: string;
  homeworkDueOn: string;
  nextTopics: string;
  summary: string;
  students: CloseOutStudent[];
}

export interface CloseOutStudent {
  studentId: string;
  name: string;
  outcome: string;
  note: string;
  /** Empty: everybody's. */
  homework: string;
  absenceNote: string;
  /** 1 to 5, or empty. */
  rating: string;
  goals: CloseOutGoal[];
}

export interface CloseOutGoal {
  id: string;
  title: string;
  description: string;
  /** How far it was before this session, in words; empty: never rated. */
  before: string;
  rating: string;
  note: string;
}

interface Planned {
  wallStart: string;
  durationMinutes: number;
  places: readonly {
    studentId: string;
    studentName: string;
    outcome: string;
    note?: string | null;
    homework?: string | null;
    absenceNote?: string;
    rating?: number | null;
  }[];
  closeOut: {
    actualWallStart: string;
    actualMinutes: number;
    paidMinutes?: number | null;
    miles: string | null;
    notes: string;
    privateNote: string;
    homework: string;
    homeworkDueOn?: string | null;
    nextTopics: string;
    summary?: string;
  } | null;
}

const left = (outcome: string) => outcome !== 'cancelled' && outcome !== 'late_cancel';

/** The form as a tutor first sees it: as planned, or as it was closed out before. */
export function closeOutValues(session: Planned, goals: readonly (CloseOutGoal & { studentId: string })[] = []): CloseOutValues {
  const before = session.closeOut;
  return {
    actualWallStart: (before?.actualWallStart ?? session.wallStart).slice(0, 16),
    actualMinutes: String(before?.actualMinutes ?? session.durationMinutes),
    paidMinutes: String(before?.paidMinutes ?? ''),
    miles: before?.miles ?? '',
    notes: before?.notes ?? '',
    privateNote: before?.privateNote ?? '',
    homework: before?.homework ?? '',
    homeworkDueOn: before?.homeworkDueOn ?? '',
    nextTopics: before?.nextTopics ?? '',
    summary: before?.summary ?? '',
    students: session.places
      .filter((place) => left(place.outcome))
      .map((place) => ({
        studentId: place.studentId,
        name: place.studentName,
        outcome: place.outcome === 'planned' ? 'attended' : place.outcome,
        note: place.note ?? '',
        homework: place.homework ?? '',
        absenceNote: place.absenceNote ?? '',
        rating: String(place.rating ?? ''),
        goals: goals.filter((goal) => goal.studentId === place.studentId).map(({ studentId: _, ...goal }) => goal),
      })),
  };
}

/** What came back from the form. A field that is missing keeps what the session says. */
export function typedCloseOut(form: Pick<FormData, 'get'>, from: CloseOutValues): CloseOutValues {
  const text = (name: string, otherwise: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : otherwise;
  };
  return {
    actualWallStart: text('actualWallStart', from.actualWallStart).slice(0, 16),
    actualMinutes: text('actualMinutes', from.actualMinutes),
    paidMinutes: text('paidMinutes', from.paidMinutes),
    miles: text('miles', from.miles).replace(',', '.'),
    notes: text('notes', from.notes),
    privateNote: text('privateNote', from.privateNote),
    homework: text('homework', from.homework),
    homeworkDueOn: text('homeworkDueOn', from.homeworkDueOn),
    nextTopics: text('nextTopics', from.nextTopics),
    summary: text('summary', from.summary),
    students: from.students.map((student) => {
      const of = (name: string, otherwise: string) => text(`${name}.${student.studentId}`, otherwise);
      return {
        ...student,
        outcome: of('outcome', student.outcome),
        note: of('note', student.note),
        homework: of('homework', student.homework),
        absenceNote: of('absenceNote', student.absenceNote),
        rating: of('rating', student.rating),
        goals: student.goals.map((goal) => ({
          ...goal,
          rating: text(`goal.${goal.id}`, goal.rating),
          note: text(`goalNote.${goal.id}`, goal.note),
        })),
      };
    }),
  };
}

/** "Took place as planned": the times and the outcomes of the plan with the words that were typed. */
export function asPlanned(typed: CloseOutValues, planned: CloseOutValues): CloseOutValues {
  return {
    ...typed,
    actualWallStart: planned.actualWallStart,
    actualMinutes: planned.actualMinutes,
    paidMinutes: '',
    students: typed.students.map((student) => ({ ...student, outcome: 'attended' })),
  };
}

/** Something else is said than "Took place as planned" would say; words may be anything. */
export function differsFromPlan(typed: CloseOutValues, plan: Pick<CloseOutValues, 'actualWallStart' | 'actualMinutes'>): boolean {
  return (
    typed.actualWallStart !== plan.actualWallStart ||
    typed.actualMinutes !== plan.actualMinutes ||
    (typed.paidMinutes !== '' && typed.paidMinutes !== plan.actualMinutes) ||
    typed.students.some((student) => student.outcome !== 'attended')
  );
}

const number = (typed: string) => (/^\d+$/.test(typed) ? Number(typed) : Number.NaN);
const orNull = (typed: string) => (typed === '' ? null : typed);

/** What the use case takes. Numbers stay as typed where they are none, so that the schema says so at the field. */
export function closeOutInput(sessionId: string, values: CloseOutValues) {
  return {
    sessionId,
    actualWallStart: values.actualWallStart,
    actualMinutes: number(values.actualMinutes),
    ...(values.paidMinutes === '' ? {} : { paidMinutes: number(values.paidMinutes) }),
    ...(values.miles === '' ? {} : { miles: values.miles }),
    notes: values.notes,
    privateNote: values.privateNote,
    homework: values.homework,
    homeworkDueOn: orNull(values.homeworkDueOn),
    nextTopics: values.nextTopics,
    summary: values.summary,
    attendance: values.students.map(({ studentId, outcome, note, homework, absenceNote, rating }) => ({
      studentId,
      outcome,
      note,
      homework: orNull(homework),
      absenceNote: outcome === 'attended' ? undefined : absenceNote,
      rating: rating === '' ? null : number(rating),
    })),
    goals: values.students.flatMap((student) =>
      student.goals.map(({ id, rating, note }) => ({ goalId: id, rating: rating === '' ? null : number(rating), note })),
    ),
  };
}
