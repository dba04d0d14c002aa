/** An approved pay run, as an export gets it: everything is fixed by then. Amounts in minor units, minutes whole. */
export interface PayrollRun {
  id: string;
  /** Days YYYY-MM-DD, half-open. */
  from: string;
  to: string;
  company: string;
  /** ISO 4217, and its decimals. */
  currency: string;
  digits: number;
  /** The pay group's name; null: everybody, or off the calendar. */
  group: string | null;
  offCycle: boolean;
  /** In the order of their references as strings. */
  tutors: readonly PayrollTutor[];
}

export interface PayrollTutor {
  ref: string;
  firstName: string;
  lastName: string;
  email: string | null;
  lines: readonly PayrollLine[];
  /** Sessions and other work. */
  wages: bigint;
  mileage: bigint;
  /** Bonuses, corrections and expenses, negative ones too. */
  adjustments: bigint;
  total: bigint;
  /** Of sessions and other work. */
  minutes: number;
}

export interface PayrollLine {
  kind: 'session' | 'mileage' | 'work' | 'bonus' | 'correction' | 'expense';
  /** The session's reference; empty where there is none. */
  ref: string;
  date: string;
  minutes: number | null;
  amount: bigint;
  late: boolean;
  note: string;
  program: string;
  subject: string;
}

export interface PayrollFile {
  /** "pay-2026-03-01-to-2026-04-01.csv" */
  name: string;
  contentType: string;
  content: string;
}

/**
 * Writes a pay run for the payroll that pays it. A decision plugin: pure, without I/O, clock or randomness; the same run
 * always gives the same bytes. Texts that a spreadsheet would take for a formula must be made harmless.
 */
export interface PayrollExport {
  export(run: PayrollRun): PayrollFile;
}
