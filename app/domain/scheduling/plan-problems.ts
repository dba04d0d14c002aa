import type { BookingFacts, PlannedTime } from './booking-facts.server.ts';
import type { BookingProblem } from './booking-problem.ts';
import { lengthsText, sessionLengths } from './session-lengths.ts';

export interface PlanChecked {
  wallStart: string;
  durationMinutes: number;
  studentIds: readonly string[];
  mode: 'online' | 'in_person';
  /** Of this session alone; default: the program's. */
  capacity?: number | null | undefined;
  /** It begins now, wherever the grid is. */
  startNow?: Date | undefined;
}

/** What is wrong with a plan by itself, before anyone's calendar is asked. @param provider of an online session */
export function planProblems(
  facts: BookingFacts,
  input: PlanChecked,
  time: PlannedTime | undefined,
  now: Date,
  provider?: { durations: number[] | null; gridMinutes: number | null },
): BookingProblem[] {
  const problems: BookingProblem[] = [];
  const blocked = (code: BookingProblem['code'], field: string, message: string) =>
    problems.push({ code, severity: 'blocking', field, message });
  const warn = (code: BookingProblem['code'], field: string, message: string) =>
    problems.push({ code, severity: 'warning', field, message });
  const { organisation, program, tutor, room, place } = facts;
  const { durations, gridMinutes } = sessionLengths(organisation, program, provider);
  if (!time) blocked('nonexistent_time', 'wallStart', 'This time does not exist: the clocks go forward over it.');
  if (!input.startNow && minutesOf(input.wallStart) % gridMinutes !== 0)
    blocked('off_grid', 'wallStart', `Sessions start every ${gridMinutes} minutes.`);
  if (!durations.includes(input.durationMinutes)) blocked('invalid_value', 'durationMinutes', lengthsText(durations));
  if (program.archived) blocked('invalid_value', 'programId', `${program.name} is archived.`);
  if (facts.subject.archived) blocked('invalid_value', 'subjectId', `${facts.subject.name} is archived.`);
  if (room?.archived) blocked('invalid_value', 'roomId', `${room.name} is archived.`);
  if (place?.archived && input.mode === 'in_person') blocked('invalid_value', 'placeId', `${place.name} is archived.`);
  for (const student of facts.students.filter((s) => s.archived))
    blocked('invalid_value', 'studentIds', `${student.name} is archived.`);
  const [capacity, who] = input.capacity ? [input.capacity, 'This session'] : [program.capacity, program.name];
  const many = (count: number) => (count === 1 ? 'one student' : `${count} students`);
  if (input.studentIds.length > capacity) blocked('over_capacity', 'studentIds', `${who} takes ${many(capacity)} at most.`);
  if (room?.capacity && Math.max(input.studentIds.length, input.capacity ?? 0) > room.capacity)
    blocked('over_capacity', 'roomId', `${room.name} takes ${many(room.capacity)} at most.`);
  if (!tutor.subjectIds.includes(facts.subject.id))
    warn('not_taught', 'subjectId', `${tutor.name} has not been listed for ${facts.subject.name}.`);
  if (time && !input.startNow && time.startsAt < now) warn('in_the_past', 'wallStart', 'This is in the past.');
  return problems;
}

const minutesOf = (wall: string) => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
