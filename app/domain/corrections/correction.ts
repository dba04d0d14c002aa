/** What a session can be corrected to once it was billed or paid, and what that does to the money. Browser-safe. */
import { type Outcome, outcomes } from '#app/domain/billing/outcomes.ts';

/** What can be said of a place afterwards: anything but that it is still planned. */
export const correctedOutcomes = outcomes.filter((outcome) => outcome !== 'planned');

export interface CorrectSessionInput {
  sessionId: string;
  /** As it was read. */
  version: number;
  /** One for each place there is. */
  outcomes: { studentId: string; outcome: Outcome }[];
  /** Whole minutes as they were taught; null only where nobody is left to have come. */
  actualMinutes: number | null;
  /** What the tutor is paid for, where the session's rules tell it apart; null: the same; absent: as it stands. */
  paidMinutes?: number | null | undefined;
  /** A decimal such as "7.5"; null: none. */
  miles: string | null;
  billable: boolean;
  /** By hand, minor units an hour; null: by the rates. */
  chargeRate: bigint | null;
  payRate: bigint | null;
  /** What did not change is worked out anew too, by the rates as they are now. */
  reprice: boolean;
  /** Stands on the credit note. */
  reason: string;
}

/** A place's money: minor units net, credits in hundredths. */
export interface PlaceMoney {
  attendanceId: string;
  studentId: string;
  studentName: string;
  clientId: string;
  clientName: string;
  outcome: string;
  minutes: number | null;
  /** What is charged for it now; 0 where nothing is. */
  net: bigint;
  /** The invoice its charge is on; null: on none yet. */
  invoiceNumber: string | null;
  leftOut: string | null;
  creditsUsed: bigint;
  creditsBooked: bigint;
}

/** The tutor's, corrections counted to what they correct; `paid` is what of both is in pay runs. Minor units. */
export interface PayMoney {
  wages: bigint;
  mileage: bigint;
  paid: bigint;
}

export interface SessionMoney {
  places: PlaceMoney[];
  pay: PayMoney;
}

export interface CorrectionResult {
  before: SessionMoney;
  after: SessionMoney;
  /** Taken back, with tax, negative; a note for each invoice. */
  creditNotes: { invoiceNumber: string; clientName: string; total: bigint }[];
  /** What the tutor's next pay run takes or adds for what was paid already. */
  payCorrections: { kind: 'session' | 'mileage'; amount: bigint }[];
}
