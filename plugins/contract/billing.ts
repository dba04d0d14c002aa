export type PlaceState =
  /** Planned; not yet known what took place. */
  | 'booked'
  /** The close-out is in and, where approval is asked for, approved. */
  | 'settled'
  /** Cancelled in time, or nothing is to be charged. */
  | 'released';

export type PlaceOutcome =
  | 'planned'
  | 'attended'
  | 'no_show'
  | 'late_cancel'
  | 'cancelled'
  | 'tutor_no_show'
  | 'technical_failure';

/** What a billing mode is, as data: the core knows no mode by its id. */
export interface BillingCapabilities {
  /**
   * How places are paid for: out of credits bought ahead, by a line of the next invoice, by a fee for a period, or not
   * through Lectern at all.
   */
  pays: 'credits' | 'invoice' | 'period' | 'elsewhere';
  /** The word that an import's files have for it, such as "credits"; none: no file can name it. */
  importName?: string;
}

/** One student's place in one session, as it is now. All that a billing mode may know. */
export interface PlaceSnapshot {
  attendanceId: string;
  /** 1, and one more each time a billed place is corrected and billed again. */
  revision: number;
  /** False for sessions that are never charged (an introduction, a make-up lesson). */
  billable: boolean;
  state: PlaceState;
  outcome: PlaceOutcome;
  plannedMinutes: number;
  /** The minutes that are billed; null until settled. */
  minutes: number | null;
  /** What the client is charged of the full price, an exact decimal such as "50" or "33.33"; null until settled. */
  chargePercent: string | null;
  /** The settled net in minor units, the percentage already applied; null without a rate or before settlement. */
  fee: bigint | null;
  /** What the client's credits have left, in hundredths of a credit, with what this place already holds counted as left. */
  creditsAvailable: bigint;
  /** True when a person is booking and can be told no; false in an import, at settlement and at every correction. */
  mayRefuse: boolean;
}

/** What should be posted for a place now. The core posts the difference to what is there. A target left out is 0. */
export interface Assessment {
  targets: {
    /** Credits taken out of available and kept for this place, in hundredths of a credit, never negative. */
    hold?: bigint;
    /** Credits used up by this place, in hundredths of a credit, never negative. */
    use?: bigint;
    /** To be invoiced in the next run, net in minor units, never negative. */
    invoice?: bigint;
  };
  /** The booking is not to be made. Only where the snapshot says `mayRefuse`; `shortfall` is in hundredths of a credit. */
  refuse?: { code: 'insufficient_credits'; message: string; shortfall: bigint };
  /** The reason code under which "unbilled, and why" lists a place that this mode never invoices. */
  leftOut?: string;
  /** Something a person should look at ("Goes 2.00 credits below zero"). */
  flag?: string;
}

/** A client's period in this mode, as it is now. */
export interface PeriodSnapshot {
  /** Days YYYY-MM-DD, half-open; a calendar month in the organisation's zone. */
  from: string;
  to: string;
  /** Days of the period, and on how many of them the client was in this mode. */
  days: number;
  activeDays: number;
  /** Decimals of the currency: what turns a setting such as "89.90" into minor units. */
  currencyDigits: number;
  /** The billable places of the period that are settled, in the order of their days. */
  places: readonly {
    attendanceId: string;
    localDate: string;
    minutes: number;
    outcome: PlaceOutcome;
    chargePercent: string;
  }[];
}

export interface PeriodLine {
  /** Which of the period's lines it is ("fee", "overage"); the same at every call. */
  key: string;
  description: string;
  /** Minor units, never negative. */
  net: bigint;
  minutes?: number;
  taxPercent?: string;
  /** One or two sentences: why it comes to this. */
  explanation: string;
}

/**
 * How a client pays for sessions. A decision plugin: pure, without I/O, clock or randomness, because it runs inside the
 * transaction that books, cancels or settles, and may run again there.
 */
export interface BillingMode {
  /**
   * Target state: what should be posted for this place now, whatever is posted already. Booking, cancelling, close-out,
   * reopening and rescheduling are all this one call, and repeating it does no harm.
   */
  assess(place: PlaceSnapshot): Assessment;
  /** One or two sentences for a person: why this place costs what it costs. */
  explain(place: PlaceSnapshot): string;
  /**
   * Target state of a period: every line that should be on invoices for it now, whatever was invoiced already. The core
   * invoices the difference, so that what is settled late, or corrected, comes out right. Only modes with a fee for a period.
   */
  periodic?(period: PeriodSnapshot): readonly PeriodLine[];
}
