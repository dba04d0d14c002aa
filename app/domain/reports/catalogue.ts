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
      'A session paid with credits brings in what those credits had cost: the package’s price x credits used / credits bought. Selling a package is not revenue until then, and credits below zero have no price yet.',
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
] as const satisfies readonly ReportEntry[];

export type ReportId = (typeof REPORTS)[number]['id'];

export function reportOf(id: ReportId): ReportEntry {
  const found = REPORTS.find((report) => report.id === id);
  if (!found) throw new Error(`no report ${id}`);
  return found;
}
