import { leftOutLabel, leftOutMeaning } from '#app/domain/billing/invoice-run.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import type { PlaceCredits } from '#app/domain/billing/session-credits.server.ts';
import { waivedText } from '#app/domain/make-ups/waived-words.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { formatCredits, formatMoney } from '#app/ui/format.ts';
import { whyText } from '#app/ui/session-why.ts';
import { dayOf } from '#app/ui/waiver-words.ts';

/** Which buttons make sense for a session as it is now. */
export interface Steps {
  move: boolean;
  cancel: boolean;
  closeOut: 'none' | 'first' | 'again';
  approve: boolean;
  sendBack: boolean;
  /** It is on an invoice or in a pay run, so that it takes more than another close-out. */
  correct: boolean;
}

export function allowedSteps(session: SessionDetail, now: Date): Steps {
  const open = session.status === 'scheduled';
  const over = ['cancelled', 'late_cancelled', 'declined', 'rescheduled', 'requested'].includes(session.status);
  const closed = session.closeOut !== null && session.closeOut.status !== 'sent_back';
  const locked =
    session.places.some((place) => place.outcome !== 'late_cancel' && place.charge?.invoiceId && !place.charge.reversed) ||
    // After a credit note it can be set right and billed again; its pay is corrected in the next run.
    (session.payItems.some((item) => item.runId !== null) && session.places.every((place) => place.leftOut !== 'credited'));
  const billed = session.places.some((place) => place.charge?.invoiceId);
  const paid = session.payItems.some((item) => item.runId !== null);
  return {
    move: open,
    cancel: open && session.places.some((place) => isLeft(place.outcome)),
    closeOut: over || locked || (!closed && now < session.startsAt) ? 'none' : closed ? 'again' : 'first',
    approve: session.closeOut?.status === 'submitted' && session.policy.completion === 'approval',
    sendBack: closed && !locked && !over,
    correct: billed || paid,
  };
}

export interface MoneyLine {
  key: string;
  label: string;
  amount: string;
  why: string;
  link: { to: string; label: string } | null;
}

export interface MoneyView {
  charges: MoneyLine[] | null;
  pay: MoneyLine[] | null;
}

interface Sight {
  charges: boolean;
  /** May follow a charge to its invoice. */
  invoices: boolean;
  pay: boolean;
  currency: string;
  locale: string;
}

/** What each place and the tutor's work come to, with the reason; null for a reader who may see neither side. */
export function viewMoney(session: SessionDetail, credits: ReadonlyMap<string, PlaceCredits>, sight: Sight): MoneyView | null {
  if (!sight.charges && !sight.pay) return null;
  return {
    charges: sight.charges ? session.places.map((place) => chargeLine(place, credits.get(place.attendanceId), sight)) : null,
    pay: sight.pay ? payLines(session, sight) : null,
  };
}

function chargeLine(place: SessionDetail['places'][number], credits: PlaceCredits | undefined, sight: Sight): MoneyLine {
  const line = { key: place.attendanceId, label: place.studentName };
  const charge = place.charge?.reversed ? null : place.charge;
  if (charge) {
    const invoice =
      sight.invoices && charge.invoiceId
        ? { to: `/office/invoices/${charge.invoiceId}`, label: charge.invoiceNumber ?? 'Invoice' }
        : null;
    return {
      ...line,
      amount: formatMoney(charge.net, sight.currency, sight.locale),
      why: whyText(charge.reason, sight.currency, sight.locale),
      link: invoice,
    };
  }
  const why = [whyNothing(place, sight.locale), place.flag ?? ''].filter(Boolean).join(' ');
  const taken = credits ? creditsText(credits, sight.locale) : '';
  return {
    ...line,
    amount: taken || (place.leftOut ? leftOutLabel(place.leftOut) : '–'),
    why,
    link: taken && sight.invoices ? { to: `/office/credits/${place.clientId}`, label: 'Credits' } : null,
  };
}

function whyNothing({ leftOut, waived }: SessionDetail['places'][number], locale: string): string {
  if (waived) return waivedText(waived, (date) => dayOf(date, locale));
  return leftOut ? leftOutMeaning(leftOut) : 'Nothing is due yet.';
}

/** "1 credit booked", "0.5 credits used"; empty when all came back. */
function creditsText({ booked, used }: PlaceCredits, locale: string): string {
  const text = (amount: bigint, what: string) =>
    amount === 0n ? '' : `${formatCredits(amount, locale)} ${amount === 100n ? 'credit' : 'credits'} ${what}`;
  return [text(used, 'used'), text(booked, 'booked')].filter(Boolean).join(', ');
}

const payKinds: Record<string, string> = {
  session: 'Teaching',
  mileage: 'Mileage',
  correction: 'Correction',
  bonus: 'Bonus',
  expense: 'Expense',
};

function payLines(session: SessionDetail, { currency, locale }: Sight): MoneyLine[] {
  const money = (amount: bigint) => formatMoney(amount, currency, locale);
  const lines = session.payItems.map((item) => ({
    key: item.id,
    label: payKinds[item.kind] ?? item.kind,
    amount: money(item.amount),
    why: whyText(item.reason, currency, locale),
    link: item.runId ? { to: `/office/pay-runs/${item.runId}`, label: 'Pay run' } : null,
  }));
  if (lines.length === 0 && session.payLeftOut) {
    lines.push({
      key: 'none',
      label: session.tutor.name,
      amount: leftOutLabel(session.payLeftOut),
      why: payMeaning[session.payLeftOut] ?? '',
      link: null,
    });
  }
  return lines;
}

const payMeaning: Record<string, string> = {
  unclosed: 'Paid once the session is closed out.',
  unapproved: 'Paid once the close-out is approved.',
  missing_rate: 'No rate of pay covers this session on its day.',
  no_pay: 'The policy pays nothing for this outcome.',
  cancelled: 'It did not take place.',
};
