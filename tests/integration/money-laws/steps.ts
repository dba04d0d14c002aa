import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { expect } from 'vitest';
import type { Actor } from '#app/context.ts';
import { addExtraLine } from '#app/domain/billing/add-extra-line.server.ts';
import { billAgain } from '#app/domain/billing/bill-again.server.ts';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { expireCredits } from '#app/domain/billing/expire-credits.server.ts';
import { giveDiscount } from '#app/domain/billing/give-discount.server.ts';
import { holdClient } from '#app/domain/billing/hold-client.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { releaseClient } from '#app/domain/billing/release-client.server.ts';
import { EVERYBODY, type RunScope } from '#app/domain/billing/run-scope.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { writeOffLine } from '#app/domain/billing/write-off-line.server.ts';
import { closeBooks } from '#app/domain/books/close-books.server.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import { sendBackCloseOut } from '#app/domain/closeout/send-back-close-out.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { correctSession, rehearseCorrection } from '#app/domain/corrections/correct-session.server.ts';
import { correctedOutcomes } from '#app/domain/corrections/correction.ts';
import { correctionHash } from '#app/domain/corrections/correction-hash.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { expireMakeUps } from '#app/domain/make-ups/expire-make-ups.server.ts';
import { giveUpMakeUp } from '#app/domain/make-ups/give-up-make-up.server.ts';
import { markMakeUp } from '#app/domain/make-ups/mark-make-up.server.ts';
import { addPayAdjustment } from '#app/domain/payroll/add-pay-adjustment.server.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { correctPayItem } from '#app/domain/payroll/correct-pay-item.server.ts';
import { exportPayRun } from '#app/domain/payroll/export-pay-run.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { voidPayRun } from '#app/domain/payroll/void-pay-run.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { editSession } from '#app/domain/scheduling/edit-session.server.ts';
import { restoreSession } from '#app/domain/scheduling/restore-session.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { TestContext } from '#tests/setup/context.ts';
import type { Company } from './company.ts';

export const actor: Actor = { userId: null, kind: 'system' };

/** What a history has done so far, beside the database. */
export interface History {
  /** Each issued document as it was at its issue: it must never read otherwise. */
  documents: Map<string, string>;
  /** Lines of pay that a person set to an amount of their own. */
  corrected: Set<string>;
  /** How many steps did something, and how many were told why they can't. */
  done: number;
  refused: number;
}

export const newHistory = (): History => ({ documents: new Map(), corrected: new Set(), done: 0, refused: 0 });

export interface World {
  db: Kysely<DB>;
  context: TestContext;
  company: Company;
}

type Perform = (world: World, history: History) => Promise<unknown>;

/** One thing that somebody does. A refusal with its reason is as good as doing it; anything else that is thrown is a bug. */
export class Step implements fc.AsyncCommand<History, World> {
  readonly says: string;
  readonly perform: Perform;
  /** The same, done to the n-th session. */
  readonly about: (n: number) => Step | undefined;
  constructor(says: string, perform: Perform, about: (n: number) => Step | undefined = () => undefined) {
    this.says = says;
    this.perform = perform;
    this.about = about;
  }
  check = () => true;
  toString = () => this.says;
  async run(history: History, world: World): Promise<void> {
    try {
      await this.perform(world, history);
      history.done++;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      history.refused++;
    }
    await documentsUnchanged(world.db, history);
  }
}

/** Every issued invoice and credit note reads as it did when it was issued. */
async function documentsUnchanged(db: Kysely<DB>, history: History): Promise<void> {
  const { rows } = await sql<{ id: string; text: string }>`
    SELECT i.id, (SELECT row_to_json(i))::text || coalesce((SELECT json_agg(l ORDER BY position) FROM invoice_line l WHERE invoice_id = i.id)::text, '')
      || coalesce((SELECT json_agg(t ORDER BY tax_percent) FROM invoice_tax t WHERE invoice_id = i.id)::text, '') AS text FROM invoice i
    UNION ALL
    SELECT n.id, (SELECT row_to_json(n))::text || coalesce((SELECT json_agg(l ORDER BY id) FROM credit_note_line l WHERE credit_note_id = n.id)::text, '')
    FROM credit_note n`.execute(db);
  for (const { id, text } of rows) {
    const print = createHash('sha256').update(text).digest('hex');
    expect(history.documents.get(id) ?? print, 'an issued document reads otherwise').toBe(print);
    history.documents.set(id, print);
  }
  expect(rows.length, 'an issued document is gone').toBe(history.documents.size);
}

/** The n-th of what there is, around and around; undefined where there is nothing. */
export const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % Math.max(items.length, 1)];

const sessionsOf = (db: Kysely<DB>) =>
  db
    .selectFrom('session')
    .select(['id', 'version', 'startsAt', 'localDate', 'status'])
    .where('status', '<>', 'rescheduled')
    .orderBy('id')
    .execute();

const DAYS = 60;
const FIRST = '2026-02-15';
/** All histories look back from here. */
export const NOW = '2026-05-01T09:00:00Z';

export async function invoiceSpan({ db, context }: World, from: string, to: string, scope: RunScope = EVERYBODY): Promise<void> {
  const preview = await previewInvoiceRun(db, { from, to, scope }, context.clock());
  if (preview.totals.lines === 0) return;
  const { runId } = await confirmInvoiceRun(db, context, actor, { from, to, scope, hash: preview.hash });
  await issueInvoiceRun(db, context, { runId, batchSize: 2 }, actor);
  await issueInvoiceRun(db, context, { runId }, actor);
  const { rows } = await sql<{ family: string; lines: string; total: bigint }>`
    SELECT i.client_ref AS family, string_agg(l.charge_id::text, ',' ORDER BY l.position) AS lines, i.total FROM invoice i
    JOIN invoice_line l ON l.invoice_id = i.id WHERE i.run_id = ${runId}::uuid GROUP BY i.id ORDER BY i.client_ref COLLATE "C"`.execute(
    db,
  );
  // What was looked at is what was issued, and there is nothing more to issue.
  expect(rows).toEqual(
    preview.families.map((family) => ({
      family: family.clientRef,
      lines: family.lines.map((line) => line.chargeId).join(','),
      total: family.total,
    })),
  );
  expect((await previewInvoiceRun(db, { from, to, scope }, context.clock())).totals.lines).toBe(0);
}

export async function paySpan({ db, context }: World, from: string, to: string): Promise<string | undefined> {
  const preview = await previewPayRun(db, { from, to }, context.clock());
  if (preview.totals.lines === 0) return undefined;
  const { runId } = await approvePayRun(db, context, actor, { from, to, hash: preview.hash });
  expect((await approvePayRun(db, context, actor, { from, to, hash: preview.hash })).runId).toBe(runId);
  expect((await previewPayRun(db, { from, to }, context.clock())).totals.lines).toBe(0);
  return runId;
}

export const n = fc.nat({ max: 1_000 });
export const day = fc.integer({ min: 0, max: DAYS - 1 }).map((offset) => addDays(FIRST, offset));
const span = fc
  .record({ from: fc.integer({ min: 0, max: DAYS - 1 }), days: fc.integer({ min: 1, max: 40 }) })
  .map(({ from, days }) => ({
    from: addDays(FIRST, from),
    to: addDays(FIRST, from + days),
  }));

const book = fc
  .record({
    family: n,
    two: fc.boolean(),
    other: fc.boolean(),
    tutor: n,
    program: n,
    date: day,
    hour: fc.integer({ min: 8, max: 20 }),
    minutes: fc.constantFrom(30, 45, 60),
    billable: fc.constantFrom(true, true, true, false),
  })
  .map(
    (a) =>
      new Step(`book on ${a.date} at ${a.hour}`, async ({ db, context, company }) => {
        const family = pick(company.families, a.family);
        const next = pick(company.families, a.family + 1);
        if (!family || !next) return;
        context.setNow('2026-02-10T09:00:00Z');
        try {
          await bookSession(db, context, actor, {
            tutorId: pick(company.tutorIds, a.tutor) ?? '',
            studentIds: [...family.studentIds.slice(0, a.two ? 2 : 1), ...(a.other ? next.studentIds.slice(0, 1) : [])],
            programId: pick(company.programIds, a.program) ?? '',
            subjectId: company.subjectId,
            wallStart: `${a.date}T${String(a.hour).padStart(2, '0')}:00`,
            durationMinutes: a.minutes,
            mode: 'in_person',
            billable: a.billable,
          });
        } finally {
          context.setNow(NOW);
        }
      }),
  );

const closeOutFacts = fc.record({
  session: n,
  first: fc.constantFrom(
    'attended' as const,
    'attended' as const,
    'no_show' as const,
    'tutor_no_show' as const,
    'technical_failure' as const,
  ),
  rest: fc.constantFrom('attended' as const, 'no_show' as const),
  minutes: fc.integer({ min: 0, max: 95 }),
  miles: fc.constantFrom(undefined, '7.5', '0.1'),
  approve: fc.boolean(),
});
type CloseOutFacts = typeof closeOutFacts extends fc.Arbitrary<infer T> ? T : never;
const closeOutOf = (a: CloseOutFacts): Step =>
  new Step(
    `close out ${a.session} with ${a.minutes} minutes`,
    async ({ db, context }) => {
      const session = pick(await sessionsOf(db), a.session);
      if (!session) return;
      const left = await db
        .selectFrom('attendance')
        .select('studentId')
        .where('sessionId', '=', session.id)
        .where('outcome', 'not in', ['cancelled', 'late_cancel'])
        .orderBy('id')
        .execute();
      const { wallStart } = await db
        .selectFrom('session')
        .select('wallStart')
        .where('id', '=', session.id)
        .executeTakeFirstOrThrow();
      await submitCloseOut(
        db,
        context,
        actor,
        {
          sessionId: session.id,
          actualWallStart: wallStart.slice(0, 16),
          actualMinutes: a.minutes,
          ...(a.miles ? { miles: a.miles } : {}),
          notes: '',
          privateNote: '',
          homework: '',
          nextTopics: '',
          attendance: left.map(({ studentId }, index) => ({ studentId, outcome: index === 0 ? a.first : a.rest })),
        },
        { office: true, approve: a.approve },
      );
    },
    (session) => closeOutOf({ ...a, session }),
  );
const closeOut = closeOutFacts.map(closeOutOf);

const withSession = (
  says: string,
  perform: (world: World, session: Awaited<ReturnType<typeof sessionsOf>>[number], flag: boolean) => Promise<unknown>,
) =>
  fc.record({ session: n, flag: fc.boolean() }).map(
    (a) =>
      new Step(`${says} ${a.session}${a.flag ? ' yes' : ''}`, async (world) => {
        const session = pick(await sessionsOf(world.db), a.session);
        if (session) await perform(world, session, a.flag);
      }),
  );

const approve = withSession('approve', ({ db, context }, { id }) => approveCloseOuts(db, context, actor, { sessionIds: [id] }));
const approveAll = fc.constant(null).map(
  () =>
    new Step('approve all', async ({ db, context }) => {
      const waiting = await db.selectFrom('closeOut').select('sessionId').where('status', '=', 'submitted').execute();
      if (waiting.length > 0) await approveCloseOuts(db, context, actor, { sessionIds: waiting.map((one) => one.sessionId) });
    }),
);
const sendBack = withSession('send back', ({ db, context }, { id }) =>
  sendBackCloseOut(db, context, actor, { sessionId: id, reason: 'Which?' }),
);
const bill = withSession('billable', ({ db, context }, { id, version }, billable) =>
  editSession(db, context, actor, { sessionId: id, version, billable }),
);
const cancelFacts = fc.record({
  session: n,
  by: fc.constantFrom('client' as const, 'office' as const, 'tutor' as const),
  hours: fc.integer({ min: 0, max: 48 }),
  all: fc.boolean(),
});
type CancelFacts = typeof cancelFacts extends fc.Arbitrary<infer T> ? T : never;
const cancelOf = (a: CancelFacts): Step =>
  new Step(
    `cancel ${a.session} by ${a.by} ${a.hours} h before`,
    async ({ db, context }) => {
      const session = pick(await sessionsOf(db), a.session);
      if (!session) return;
      const left = await db
        .selectFrom('attendance')
        .select('studentId')
        .where('sessionId', '=', session.id)
        .where('outcome', '=', 'planned')
        .orderBy('id')
        .execute();
      await cancelSession(db, context, actor, {
        sessionId: session.id,
        by: a.by,
        reason: '',
        cancelledAt: new Date(session.startsAt.getTime() - a.hours * 3_600_000),
        ...(a.all || !left[0] ? {} : { studentIds: [left[0].studentId] }),
      });
    },
    (session) => cancelOf({ ...a, session }),
  );
const cancel = cancelFacts.map(cancelOf);

const invoice = span.map(({ from, to }) => new Step(`invoice ${from} to ${to}`, (world) => invoiceSpan(world, from, to)));
const invoiceOne = fc.record({ span, family: n, program: n, by: fc.constantFrom('family', 'program', 'mode') }).map(
  (a) =>
    new Step(`invoice a ${a.by} ${a.span.from} to ${a.span.to}`, (world) => {
      const { families, programIds, installs } = world.company;
      const of = {
        family: { ...EVERYBODY, clientIds: [pick(families, a.family)?.clientId ?? ''] },
        program: { ...EVERYBODY, programIds: [pick(programIds, a.program) ?? ''] },
        mode: { ...EVERYBODY, billingInstallIds: [installs['billing-invoicing'] ?? ''] },
      };
      return invoiceSpan(world, a.span.from, a.span.to, of[a.by as keyof typeof of]);
    }),
);

export const withFamily = (says: string, perform: (world: World, clientId: string, amount: number) => Promise<unknown>) =>
  fc.record({ family: n, amount: fc.integer({ min: 1, max: 6_000 }) }).map(
    (a) =>
      new Step(`${says} ${a.family} ${a.amount}`, async (world) => {
        const family = pick(world.company.families, a.family);
        if (family) await perform(world, family.clientId, a.amount);
      }),
  );
const WHOLE = { from: FIRST, to: addDays(FIRST, DAYS) };
const extra = withFamily('an extra line', ({ db, context }, clientId, amount) =>
  addExtraLine(db, context, actor, {
    requestId: randomUUID(),
    clientId,
    description: 'A book',
    amount: BigInt(amount),
    taxPercent: '20',
    localDate: addDays(FIRST, amount % DAYS),
    studentId: null,
    programId: null,
  }),
);
const discount = withFamily('a discount', ({ db, context }, clientId, amount) =>
  giveDiscount(db, context, actor, {
    requestId: randomUUID(),
    clientId,
    chargeId: null,
    amount: amount % 2 === 0 ? BigInt(amount) : null,
    percent: amount % 2 === 0 ? null : String((amount % 99) + 1),
    reason: 'A sibling',
    period: WHOLE,
  }),
);
const writeOff = n.map(
  (which) =>
    new Step(`write off ${which}`, async ({ db, context }) => {
      const line = pick(
        await db.selectFrom('charge').select('id').where('runId', 'is', null).where('net', '>', 0n).orderBy('id').execute(),
        which,
      );
      if (line) await writeOffLine(db, context, actor, { chargeId: line.id, reason: 'We were late' });
    }),
);
const hold = withFamily('hold', ({ db, context }, clientId) => holdClient(db, context, actor, { clientId, reason: 'They ask' }));
const release = withFamily('let go', ({ db, context }, clientId) => releaseClient(db, context, actor, { clientId }));
const close = fc.record({ to: fc.option(day) }).map(
  ({ to }) =>
    new Step(`close the books to ${to}`, async ({ db, context }) => {
      const { booksClosedTo } = await db.selectFrom('organisation').select('booksClosedTo').executeTakeFirstOrThrow();
      await closeBooks(db, context, actor, { closedTo: to, was: booksClosedTo, reason: 'The accountant' });
    }),
);

const pay = span.map(({ from, to }) => new Step(`pay ${from} to ${to}`, (world) => paySpan(world, from, to)));

const creditNote = fc.record({ invoice: n, lines: n, all: fc.boolean() }).map(
  (a) =>
    new Step(`credit ${a.all ? 'all' : 'a line'} of invoice ${a.invoice}`, async ({ db, context }) => {
      const one = pick(await db.selectFrom('invoice').select('id').orderBy('number').execute(), a.invoice);
      if (!one) return;
      const lines = await db
        .selectFrom('invoiceLine')
        .select('id')
        .where('invoiceId', '=', one.id)
        .where('id', 'not in', (eb) => eb.selectFrom('creditNoteLine').select('invoiceLineId'))
        .orderBy('position')
        .execute();
      const chosen = a.all ? lines : lines.filter((_, index) => index === a.lines % lines.length);
      await issueCreditNote(db, context, actor, {
        invoiceId: one.id,
        lineIds: chosen.map((line) => line.id),
        reason: 'It did not take place',
      });
    }),
);
const again = n.map(
  (which) =>
    new Step(`bill again ${which}`, async ({ db, context }) => {
      const place = pick(
        await db.selectFrom('attendance').select('id').where('leftOut', '=', 'credited').orderBy('id').execute(),
        which,
      );
      if (place) await billAgain(db, context, actor, { attendanceId: place.id });
    }),
);
const payment = fc.record({ family: n, amount: fc.integer({ min: 1, max: 20_000 }), date: day }).map(
  (a) =>
    new Step(`family ${a.family} pays ${a.amount}`, async ({ db, context, company }) => {
      const family = pick(company.families, a.family);
      if (family)
        await recordPayment(db, context, actor, {
          clientId: family.clientId,
          amount: BigInt(a.amount),
          receivedOn: a.date,
          method: 'transfer',
        });
    }),
);
const sell = fc
  .record({
    family: n,
    credits: fc.integer({ min: 50, max: 500 }),
    price: fc.integer({ min: 0, max: 30_000 }),
    date: day,
    days: fc.constantFrom(undefined, 10, 30),
  })
  .map(
    (a) =>
      new Step(`sell ${a.credits} to ${a.family} for ${a.price}`, async ({ db, context, company }) => {
        const family = pick(company.families, a.family);
        if (!family) return;
        await sellPackage(db, context, actor, {
          clientId: family.clientId,
          credits: BigInt(a.credits),
          price: BigInt(a.price),
          taxPercent: '20',
          purchasedOn: a.date,
          ...(a.days ? { expiresOn: addDays(a.date, a.days) } : {}),
        });
      }),
  );
const expire = fc.constant(null).map(() => new Step('expire credits', ({ db, context }) => expireCredits(db, context)));

export const withRun = (says: string, perform: (world: World, runId: string) => Promise<unknown>) =>
  n.map(
    (which) =>
      new Step(`${says} ${which}`, async (world) => {
        const run = pick(await world.db.selectFrom('payRun').select('id').orderBy('id').execute(), which);
        if (run) await perform(world, run.id);
      }),
  );
const voidRun = withRun('void pay run', ({ db, context }, runId) =>
  voidPayRun(db, context, actor, { runId, reason: 'The wrong month' }),
);
const exportRun = withRun('export pay run', ({ db, context }, runId) => exportPayRun(db, context, actor, { runId }));
const adjust = fc
  .record({ tutor: n, amount: fc.integer({ min: -5_000, max: 5_000 }).filter((amount) => amount !== 0), date: day })
  .map(
    (a) =>
      new Step(`adjust pay by ${a.amount}`, ({ db, context, company }) =>
        addPayAdjustment(db, context, actor, {
          tutorId: pick(company.tutorIds, a.tutor) ?? '',
          kind: 'bonus',
          localDate: a.date,
          amount: BigInt(a.amount),
          note: 'Exam week',
        }),
      ),
  );
const correctPay = fc.record({ item: n, amount: fc.integer({ min: 0, max: 9_000 }) }).map(
  (a) =>
    new Step(`correct pay ${a.item} to ${a.amount}`, async ({ db, context }, history) => {
      const item = pick(
        await db.selectFrom('payItem').select('id').where('runId', 'is not', null).orderBy('id').execute(),
        a.item,
      );
      if (!item) return;
      await correctPayItem(db, context, actor, { payItemId: item.id, shouldBe: BigInt(a.amount), note: 'Counted anew' });
      history.corrected.add(item.id);
    }),
);
const correctWhole = fc
  .record({
    session: n,
    outcomes: fc.array(fc.constantFrom(...correctedOutcomes), { minLength: 3, maxLength: 3 }),
    minutes: fc.integer({ min: 0, max: 95 }),
    miles: fc.constantFrom(null, '7.5'),
    billable: fc.constantFrom(true, true, false),
    pay: fc.constantFrom(null, null, 3_000n),
    paidMinutes: fc.constantFrom(undefined, undefined, null, 50),
  })
  .map(
    (a) =>
      new Step(`set session ${a.session} right: ${a.outcomes} ${a.minutes}`, async ({ db, context }) => {
        const session = pick(await sessionsOf(db), a.session);
        if (!session) return;
        const places = await db
          .selectFrom('attendance')
          .select('studentId')
          .where('sessionId', '=', session.id)
          .orderBy('id')
          .execute();
        const input = {
          sessionId: session.id,
          version: session.version,
          outcomes: places.map(({ studentId }, index) => ({ studentId, outcome: pick(a.outcomes, index) ?? 'attended' })),
          actualMinutes: a.minutes,
          paidMinutes: a.paidMinutes,
          miles: a.miles,
          billable: a.billable,
          chargeRate: null,
          payRate: a.pay,
          reprice: false,
          reason: 'It went otherwise',
        };
        const seen = correctionHash(await rehearseCorrection(db, context, actor, input));
        await correctSession(db, context, actor, { ...input, seen });
        // The same again is done already.
        expect(await correctSession(db, context, actor, { ...input, seen })).toBeUndefined();
      }),
  );
const makeUpsOf = (db: Kysely<DB>) => db.selectFrom('makeUp').selectAll().orderBy('id').execute();
const makeUpUsed = fc.record({ which: n, session: n }).map(
  (a) =>
    new Step(`make up for ${a.which}`, async ({ db, context }) => {
      const makeUp = pick(await makeUpsOf(db), a.which);
      if (!makeUp) return;
      const places = await db
        .selectFrom('attendance')
        .select('sessionId')
        .where('studentId', '=', makeUp.studentId)
        .where('outcome', '=', 'planned')
        .orderBy('id')
        .execute();
      const instead = pick(places, a.session);
      if (instead) await markMakeUp(db, context, actor, { makeUpId: makeUp.id, sessionId: instead.sessionId });
    }),
);
const makeUpGivenUp = n.map(
  (which) =>
    new Step(`give up make-up ${which}`, async ({ db, context }) => {
      const makeUp = pick(await makeUpsOf(db), which);
      if (makeUp) await giveUpMakeUp(db, context, actor, { makeUpId: makeUp.id });
    }),
);
const makeUpsExpire = day.map(
  (date) =>
    new Step(`make-ups run out on ${date}`, async ({ db, context }) => {
      // Counted from the session's day, and all of them are given after NOW.
      context.setNow(`${addDays(date, 60)}T12:00:00Z`);
      try {
        await expireMakeUps(db, context);
        expect(await expireMakeUps(db, context)).toBe(0);
      } finally {
        context.setNow(NOW);
      }
    }),
);
const restore = withSession('take back the cancellation of', ({ db, context }, { id }) =>
  restoreSession(db, context, actor, { sessionId: id, overruleStudentConflict: true, silent: true }),
);
const rename = n.map(
  (which) =>
    new Step(`rename everybody ${which}`, async ({ db }) => {
      // Issued documents keep the names and addresses they were issued with.
      await db
        .updateTable('client')
        .set({ name: `Family ${which}`, address: `${which} Road` })
        .execute();
      await db
        .updateTable('organisation')
        .set({ name: `Company ${which}` })
        .execute();
    }),
);
const switchMode = fc.record({ family: n, mode: n }).map(
  (a) =>
    new Step(`family ${a.family} is billed otherwise`, async ({ db, company }) => {
      const family = pick(company.families, a.family);
      const install = pick(
        Object.entries(company.installs).filter(([id]) => id.startsWith('billing-')),
        a.mode,
      );
      const posted = () =>
        sql<{ print: string | null }>`SELECT md5(string_agg(e::text, '' ORDER BY seq)) AS print FROM ledger_entry e`.execute(db);
      const before = await posted();
      if (family && install)
        await db.updateTable('client').set({ billingInstallId: install[1] }).where('id', '=', family.clientId).execute();
      expect((await posted()).rows).toEqual(before.rows);
    }),
);

/** What makes lines, the first of them the booking; nothing is on an invoice or in a pay run yet. */
export const teaching = [book, closeOut, closeOut, closeOut, cancel, sell];

/** What happens to sessions, invoices and pay. */
export const steps = [
  ...[book, book, book, book],
  ...[closeOut, closeOut, closeOut, closeOut],
  ...[approve, approveAll, sendBack, bill, cancel],
  ...[invoice, invoice, invoiceOne, pay, pay],
  ...[extra, discount, writeOff, hold, release, close],
  ...[creditNote, again, payment, sell, expire],
  ...[voidRun, exportRun, adjust, correctPay, correctWhole, correctWhole],
  ...[makeUpUsed, makeUpUsed, makeUpGivenUp, makeUpsExpire, restore, restore],
  ...[rename, switchMode],
];
