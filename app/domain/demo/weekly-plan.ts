import { type DemoStudent, type ProgramKey, type SubjectKey, students, tutors } from './company.ts';
import { chance, pick } from './random.ts';

/** What repeats every week: who teaches whom what, when and how. */
export interface WeeklyLesson {
  key: string;
  tutor: number;
  students: readonly DemoStudent[];
  program: ProgramKey;
  subject: SubjectKey;
  /** 1 is Monday. */
  weekday: number;
  /** Minutes after midnight, in the company's zone. */
  at: number;
  minutes: number;
  mode: 'online' | 'in_person';
  /** Only from this week on, counted from the present one. */
  sinceWeek?: number;
}

const afternoon = [15 * 60, 16 * 60 + 15, 17 * 60 + 30, 18 * 60 + 45];
const saturday = [9 * 60, 10 * 60 + 15, 11 * 60 + 30, 13 * 60];

export function weeklyPlan(): readonly WeeklyLesson[] {
  const lessons: WeeklyLesson[] = [];
  const taken = new Set<string>();
  const free = (who: string[], weekday: number, at: number, minutes: number) =>
    who.every((one) => quarters(at - 15, minutes + 30).every((quarter) => !taken.has(`${one}|${weekday}|${quarter}`)));
  const take = (lesson: WeeklyLesson) => {
    for (const one of [`t${lesson.tutor}`, ...lesson.students.map((student) => student.key)]) {
      for (const quarter of quarters(lesson.at, lesson.minutes)) taken.add(`${one}|${lesson.weekday}|${quarter}`);
    }
    lessons.push(lesson);
  };
  const load = (tutor: number) => lessons.filter((lesson) => lesson.tutor === tutor).length;

  const place = (want: Omit<WeeklyLesson, 'tutor' | 'weekday' | 'at'> & { tutor?: number; weekday?: number; at?: number }) => {
    const able = tutors.flatMap((tutor, i) => (tutor.subjects.includes(want.subject) ? [i] : []));
    const candidates = want.tutor === undefined ? able.sort((a, b) => load(a) - load(b) || a - b) : [want.tutor];
    const slots = [1, 2, 3, 4, 5, 6]
      .flatMap((weekday) => (weekday === 6 ? saturday : afternoon).map((at) => ({ weekday, at })))
      .sort((a, b) => chance(want.key, a.weekday, a.at) - chance(want.key, b.weekday, b.at));
    const wanted = want.weekday !== undefined && want.at !== undefined ? [{ weekday: want.weekday, at: want.at }] : slots;
    for (const tutor of candidates) {
      for (const { weekday, at } of wanted) {
        const who = [`t${tutor}`, ...want.students.map((student) => student.key)];
        if (!free(who, weekday, at, want.minutes)) continue;
        return take({ ...want, tutor, weekday, at });
      }
    }
    throw new Error(`no room in the week for ${want.key}`);
  };

  const [oliver, zoe, lena, ...others] = students;
  if (!oliver || !zoe || !lena) throw new Error('the first family has three students');
  place({
    key: 'oliver-algebra',
    tutor: 0,
    students: [oliver],
    program: 'one',
    subject: 'algebra',
    weekday: 2,
    at: 16 * 60 + 15,
    minutes: 60,
    mode: 'online',
  });
  place({
    key: 'oliver-physics',
    tutor: 1,
    students: [oliver],
    program: 'one',
    subject: 'physics',
    weekday: 4,
    at: 16 * 60 + 15,
    minutes: 60,
    mode: 'online',
  });
  place({
    key: 'zoe-english',
    tutor: 3,
    students: [zoe],
    program: 'one',
    subject: 'english',
    weekday: 3,
    at: 17 * 60 + 30,
    minutes: 60,
    mode: 'in_person',
  });
  place({
    key: 'lena-biology',
    tutor: 4,
    students: [lena, ...others.slice(0, 4)],
    program: 'group',
    subject: 'biology',
    weekday: 1,
    at: 15 * 60,
    minutes: 60,
    mode: 'in_person',
  });

  const groups = others.slice(4, 34);
  place({
    key: 'sat-course',
    tutor: 6,
    students: groups.slice(0, 8),
    program: 'course',
    subject: 'sat',
    weekday: 6,
    at: 10 * 60,
    minutes: 90,
    mode: 'in_person',
  });
  place({
    key: 'group-algebra',
    students: groups.slice(8, 13),
    program: 'group',
    subject: 'algebra',
    minutes: 60,
    mode: 'in_person',
  });
  place({
    key: 'group-spanish',
    students: groups.slice(13, 18),
    program: 'group',
    subject: 'spanish',
    minutes: 60,
    mode: 'online',
  });
  place({
    key: 'shared-chemistry',
    students: groups.slice(18, 20),
    program: 'shared',
    subject: 'chemistry',
    minutes: 60,
    mode: 'online',
  });
  place({
    key: 'shared-french',
    students: groups.slice(20, 23),
    program: 'shared',
    subject: 'french',
    minutes: 60,
    mode: 'online',
  });
  place({
    key: 'shared-geometry',
    students: groups.slice(23, 25),
    program: 'shared',
    subject: 'geometry',
    minutes: 90,
    mode: 'in_person',
  });
  place({
    key: 'chess-club',
    tutor: 11,
    students: groups.slice(25, 30),
    program: 'club',
    subject: 'chess',
    minutes: 60,
    mode: 'in_person',
    sinceWeek: -3,
  });

  const alone = [...others.slice(34), ...groups.filter((_, i) => i % 3 === 0)];
  const lowerSchool: SubjectKey[] = ['algebra', 'geometry', 'writing', 'english', 'biology', 'spanish', 'history', 'french'];
  const upperSchool: SubjectKey[] = ['calculus', 'physics', 'chemistry', 'english', 'sat', 'algebra', 'biology', 'history'];
  for (const [i, student] of alone.entries()) {
    const program = i % 8 === 3 ? 'home' : 'one';
    place({
      key: `alone-${student.key}`,
      students: [student],
      program,
      subject: pick(Number(student.grade) >= 10 ? upperSchool : lowerSchool, 'subject', student.key),
      minutes: i % 9 === 5 ? 90 : i % 7 === 2 ? 45 : 60,
      mode: program === 'home' || i % 5 === 1 ? 'in_person' : 'online',
    });
  }
  return lessons;
}

function quarters(at: number, minutes: number): number[] {
  const first = Math.floor(at / 15);
  return Array.from({ length: Math.ceil(minutes / 15) }, (_, i) => first + i);
}
