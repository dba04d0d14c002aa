/** The reports there are, each with the question it answers and what exactly it counts. Browser-safe. */

export interface ReportEntry {
  id: string;
  title: string;
  question: string;
  /** What is counted and what isn't, a sentence each. */
  definition: readonly string[];
}

const day = 'Everything counts on the local start date of its session, in the company’s zone.';
const noSession = 'What belongs to no session (a bonus, a late fee, an extra line) stands in a row of its own.';

export const REPORTS = [
  {
    id: 'hours',
    title: 'Hours',
    question: 'How much was taught, by whom and in what?',
    definition: [
      'Hours are the actual minutes of settled sessions in which at least one student was there, each session once.',
      'Student hours count those minutes for each student who was there: an hour with three students is three.',
      'A no-show or a late cancellation is charged and paid by the policy, but nothing was taught: it is not in the hours.',
      day,
    ],
  },
  {
    id: 'revenue',
    title: 'Revenue',
    question: 'What did the teaching bring in, before tax?',
    definition: [
      'Revenue is net: invoiced lines and settled ones that wait for an invoice, less what credit notes took back.',
      'A session paid with credits brings in what those credits had cost: the package’s price x credits used / credits bought. Selling a package is not revenue until then, and credits below zero have no price yet. What expires unused is revenue in the books, but of no session, so it isn’t here.',
      'Extra lines, discounts, write-offs of unbilled lines, late fees and monthly fees count on their own day. An invoice that is given up later doesn’t lower revenue; it is a loss of its own in the books.',
      noSession,
      day,
    ],
  },
  {
    id: 'pay',
    title: 'Pay',
    question: 'What did the tutors earn?',
    definition: [
      'Pay is every pay item of the days, in an approved run or waiting for one: teaching, mileage, and the rest (bonuses, corrections, expenses, work that is not teaching).',
      'A correction counts on the day of the session it corrects.',
      noSession,
      day,
    ],
  },
  {
    id: 'margin',
    title: 'Margin',
    question: 'What is left of the revenue after the tutors’ pay?',
    definition: [
      'Margin is revenue less pay, each as its own report defines it; the percentage is of the revenue.',
      'Rent, tax, and fees of payment providers are not in it.',
      noSession,
      day,
    ],
  },
  {
    id: 'utilisation',
    title: 'Utilisation',
    question: 'How much of the time the tutors offer is booked?',
    definition: [
      'Offered is what lies within a tutor’s weekly hours and opened days, less approved time off and closures of the whole company.',
      'Booked is the planned time of sessions that stand: planned, closed out, approved, or a no-show. What was cancelled is not in it.',
      'Utilisation is booked / offered. Sessions booked outside a tutor’s hours count as booked, so it can exceed 100 %.',
      'A tutor who has set no hours has no percentage. Active tutors are listed, and all who had a session in these days.',
      day,
    ],
  },
  {
    id: 'attendance',
    title: 'Attendance',
    question: 'How often were the students there?',
    definition: [
      'Each student’s place in a session counts once, by how it ended; places still planned are not in it.',
      'Attendance is attended / (attended + no-shows + late cancellations). What was cancelled in time, and what failed on the company’s side, is shown beside it and counts neither for nor against.',
      day,
    ],
  },
  {
    id: 'outstanding',
    title: 'Outstanding by age',
    question: 'Who owes how much, and for how long?',
    definition: [
      'Open is an invoice’s total, less credit notes, less what payments were put towards it, less what was written off, each up to the end of the chosen day.',
      'The age runs from the day it was due, not from the day it was issued.',
      'Paid ahead is money received that no invoice has taken. Open less paid ahead is what the books show as receivable.',
    ],
  },
  {
    id: 'credits',
    title: 'Credits outstanding',
    question: 'What has been bought and is still to be taught?',
    definition: [
      'Available is what is left of the packages; below zero, more was booked than bought. Booked is held by sessions to come.',
      'Worth is what the available credits had cost: each package’s price x credits left / credits bought, rounded once per package.',
      'Packages that ended are not in it, once their rest has expired.',
    ],
  },
] as const satisfies readonly ReportEntry[];

export type ReportId = (typeof REPORTS)[number]['id'];

export function reportOf(id: ReportId): ReportEntry {
  const found = REPORTS.find((report) => report.id === id);
  if (!found) throw new Error(`no report ${id}`);
  return found;
}
