import { describe, expect, it } from 'vitest';
import { policyOf } from '#app/domain/organisation/policies.ts';
import { allowedSteps, viewMoney } from './view-office-session.ts';

type Session = Parameters<typeof allowedSteps>[0];
type Place = Session['places'][number];

const now = new Date('2026-03-02T12:00:00Z');

const place = (over: Partial<Place> = {}): Place => ({
  attendanceId: 'a1',
  studentId: 's1',
  studentName: 'Mia Vale',
  clientId: 'c1',
  clientName: 'Paul Vale',
  outcome: 'attended',
  markedAt: null,
  note: '',
  homework: null,
  absenceNote: '',
  rating: null,
  chargePercent: '100',
  payPercent: '100',
  minutes: 60,
  waived: null,
  leftOut: null,
  flag: null,
  revision: 1,
  billingInstallId: 'b1',
  charge: null,
  ...over,
});

const session = (over: Partial<Session> = {}): Session => ({
  id: 'x',
  ref: 'ses-1',
  version: 1,
  status: 'approved',
  tutor: { id: 't1', name: 'Iris Vale', email: null },
  program: { id: 'p1', name: 'One-to-one', kind: 'one_to_one' },
  subject: { id: 'u1', name: 'Algebra' },
  title: '',
  description: '',
  plan: '',
  startsAt: new Date('2026-03-02T10:00:00Z'),
  endsAt: new Date('2026-03-02T11:00:00Z'),
  wallStart: '2026-03-02T10:00',
  zone: 'Europe/Dublin',
  localDate: '2026-03-02',
  durationMinutes: 60,
  mode: 'online',
  location: '',
  roomId: null,
  placeId: null,
  billable: true,
  chargeRateOverride: null,
  payRateOverride: null,
  rateOverrideReason: '',
  settledAt: null,
  payLeftOut: null,
  policy: policyOf({ completion: 'approval' }),
  places: [place()],
  payItems: [],
  closeOut: null,
  meeting: null,
  materials: [],
  questions: [],
  story: [],
  mails: [],
  ...over,
});

const closeOut = (status: string): NonNullable<Session['closeOut']> => ({
  status,
  actualStartsAt: now,
  actualMinutes: 60,
  paidMinutes: null,
  homeworkDueOn: null,
  summary: '',
  submissionKey: null,
  miles: null,
  notes: '',
  privateNote: '',
  homework: '',
  nextTopics: '',
  sentBackReason: '',
  automatic: false,
  submittedAt: now,
  submittedByName: null,
  approvedAt: null,
  approvedByName: null,
  version: 1,
});

const invoiced = { id: 'g1', net: 4500n, reason: null, invoiceId: 'i1', invoiceNumber: 'INV-00001', reversed: false };
const sight = { charges: true, invoices: true, pay: true, currency: 'EUR', locale: 'en-GB' };

describe('what the office can do with a session', () => {
  it('a planned one is moved and cancelled; it is closed out from its start on', () => {
    const planned = session({ status: 'scheduled', places: [place({ outcome: 'planned' })] });
    expect(allowedSteps(planned, now)).toMatchObject({ move: true, cancel: true, closeOut: 'first', approve: false });
    expect(allowedSteps(planned, new Date('2026-03-02T09:59:00Z')).closeOut).toBe('none');
  });

  it('one that was closed out is approved, sent back or corrected, and no longer moved', () => {
    expect(allowedSteps(session({ status: 'closed_out', closeOut: closeOut('submitted') }), now)).toEqual({
      move: false,
      cancel: false,
      closeOut: 'again',
      approve: true,
      sendBack: true,
      correct: false,
    });
  });

  it('one that is on an invoice or in a pay run stays as it is, until the line is credited', () => {
    const closed = session({ closeOut: closeOut('approved'), places: [place({ charge: invoiced })] });
    expect(allowedSteps(closed, now)).toMatchObject({ closeOut: 'none', sendBack: false });
    const credited = session({ closeOut: closeOut('approved'), places: [place({ charge: { ...invoiced, reversed: true } })] });
    expect(allowedSteps(credited, now)).toMatchObject({ closeOut: 'again', sendBack: true });
    const paid = session({
      closeOut: closeOut('approved'),
      payItems: [{ id: 'y', kind: 'session', amount: 1n, minutes: 60, reason: null, runId: 'r' }],
    });
    expect(allowedSteps(paid, now).sendBack).toBe(false);
  });

  it('one that was cancelled is left alone', () => {
    expect(allowedSteps(session({ status: 'late_cancelled', places: [place({ outcome: 'late_cancel' })] }), now)).toEqual({
      move: false,
      cancel: false,
      closeOut: 'none',
      approve: false,
      sendBack: false,
      correct: false,
    });
  });
});

describe('the money of a session', () => {
  it('a place paid by credits says how many are used or booked', () => {
    const byCredits = session({ places: [place({ leftOut: 'billed_by_credits' })] });
    const money = (booked: bigint, used: bigint) =>
      viewMoney(byCredits, new Map([['a1', { booked, used }]]), sight)?.charges?.[0];
    expect(money(100n, 0n)).toMatchObject({ amount: '1 credit booked', link: { to: '/office/credits/c1' } });
    expect(money(0n, 50n)?.amount).toBe('0.5 credits used');
    expect(money(0n, 0n)?.amount).not.toContain('credits used');
  });

  it('an invoice is linked for those alone who may open it', () => {
    const closed = session({ places: [place({ charge: invoiced })] });
    expect(viewMoney(closed, new Map(), sight)?.charges?.[0]).toMatchObject({
      amount: '€45.00',
      link: { to: '/office/invoices/i1', label: 'INV-00001' },
    });
    expect(viewMoney(closed, new Map(), { ...sight, invoices: false, pay: false })).toMatchObject({
      pay: null,
      charges: [{ amount: '€45.00', link: null }],
    });
    expect(viewMoney(closed, new Map(), { ...sight, charges: false, pay: false })).toBeNull();
  });

  it('no pay says why', () => {
    expect(viewMoney(session({ payLeftOut: 'missing_rate' }), new Map(), sight)?.pay?.[0]?.why).toMatch(/No rate of pay/);
  });
});
