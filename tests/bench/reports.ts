import { attendanceReport } from '#app/domain/reports/attendance-queries.server.ts';
import { listTeachingLines } from '#app/domain/reports/teaching-queries.server.ts';
import { teachingReport } from '#app/domain/reports/teaching-report.server.ts';
import { listUtilisation } from '#app/domain/reports/utilisation.server.ts';
import { openDatabase } from '#db/client.ts';
import type { Ground } from './ground.ts';
import { type BenchLine, median, milliseconds } from './line.ts';
import { A_YEAR, fillReports } from './reports-fill.ts';

const ROUNDS = 5;
const all = { tutorId: null, programId: null, subjectId: null };
const year = { from: '2026-01-01', to: '2027-01-01', ...all };
const month = { from: '2026-10-01', to: '2026-11-01', ...all };

/** The pages of reports on a year of 100,000 sessions, and a month's once more with three years stored: the past must not cost. */
export async function benchReports(ground: Ground): Promise<BenchLine[]> {
  const one = await measure(ground, 1);
  const three = await measure(ground, 3);
  return Object.keys(one).map((what) => ({
    what: `${what}, ${A_YEAR} sessions a year`,
    ours: `${three[what]?.toFixed(0)} ms with three years stored`,
    against: `${one[what]?.toFixed(0)} ms with one`,
    ratio: (three[what] ?? Number.NaN) / (one[what] ?? Number.NaN),
    promise: 'wished: at most 1.5',
  }));
}

async function measure(ground: Ground, years: number): Promise<Record<string, number>> {
  const database = openDatabase({
    url: await ground.database(`bench_reports_${years}`),
    max: 4,
    statementTimeoutMs: 600_000,
    onError: () => {},
  });
  try {
    const { db } = database;
    await fillReports(db, years);
    const margin = { by: 'tutor', metric: 'margin', compare: 'before' } as const;
    const pages: Record<string, () => Promise<unknown>> = {
      'Margin of a month by tutor, held against the month before': () => teachingReport(db, month, margin),
      'Margin of a year by tutor': () => teachingReport(db, year, { ...margin, compare: 'none' }),
      'The lines behind a month': () => listTeachingLines(db, month, { limit: 101, offset: 0 }),
      'Attendance of a year by subject': () => attendanceReport(db, year, 'subject'),
      'Utilisation of a month': () => listUtilisation(db, { ...month, tutorId: null }, 'Europe/Dublin'),
    };
    const times: Record<string, number> = {};
    for (const [what, page] of Object.entries(pages)) {
      const taken: number[] = [];
      for (let round = 0; round < ROUNDS; round++) taken.push(await milliseconds(page));
      times[what] = median(taken);
    }
    return times;
  } finally {
    await database.close();
  }
}
