import type { Board, BoardSession } from './board-data.ts';

/** For the tests beside it. */
export function aBoardSession(over: Partial<BoardSession> = {}): BoardSession {
  return {
    id: 's',
    version: 1,
    tutorId: 't1',
    programId: 'p1',
    subjectId: 'm1',
    startsAt: 0,
    day: 0,
    start: 540,
    minutes: 60,
    status: 'scheduled',
    closeOut: null,
    title: '',
    inPerson: false,
    location: '',
    students: ['Sam Student'],
    series: false,
    ...over,
  };
}

export function aBoard(over: Partial<Board> = {}): Board {
  return {
    tutors: ['t1', 't2', 't3'].map((id, n) => ({
      id,
      name: ['Ada Byron', 'Bo Lind', 'Cem Öz'][n] ?? id,
      buffer: 15,
      archived: false,
      subjectIds: n === 1 ? ['m2'] : ['m1'],
    })),
    programs: [{ id: 'p1', name: 'One-to-one', durations: [30, 60, 90] }],
    subjects: [
      { id: 'm1', name: 'Algebra' },
      { id: 'm2', name: 'Physics' },
    ],
    sessions: [],
    shades: new Map(),
    ...over,
  };
}
