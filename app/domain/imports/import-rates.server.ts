import { sql } from 'kysely';
import { parseMoney } from '#app/domain/billing/money.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { constraintOf } from '#app/domain/transaction.server.ts';
import { readCsv } from './csv-file.server.ts';
import { contentRefs, Findings, type ImportRun, idsByRef, refuse, repeats } from './import-run.server.ts';

const rateColumns = ['side', 'program', 'subject', 'tutor', 'student', 'amount_per_hour', 'valid_from', 'valid_to'];

export async function importRates(run: ImportRun): Promise<void> {
  const { trx } = run;
  const scopes = {
    program: await idsByRef(trx, 'program'),
    subject: await idsByRef(trx, 'subject'),
    tutor: await idsByRef(trx, 'tutor'),
    student: await idsByRef(trx, 'student'),
  };
  const refOf = contentRefs('rate');
  const known = new Set(
    (await trx.selectFrom('rate').select('ref').where('ref', 'is not', null).execute()).map((rate) => rate.ref),
  );
  for (const row of await readCsv(run.directory, 'rates.csv', rateColumns)) {
    const findings = new Findings();
    const scope = (name: keyof typeof scopes): string | null => {
      const ref = row.get(name);
      if (ref === '') return null;
      return scopes[name].get(ref) ?? findings.add('unknown_reference', `${name} ${ref} is not known`) ?? null;
    };
    const scoped = {
      programId: scope('program'),
      subjectId: scope('subject'),
      tutorId: scope('tutor'),
      studentId: scope('student'),
    };
    const amountPerHour = parseMoney(row.get('amount_per_hour'), run.digits);
    const validFrom = row.get('valid_from');
    const validTo = row.get('valid_to') || null;
    if (!['charge', 'pay'].includes(row.get('side'))) findings.add('invalid_value', 'side is charge or pay');
    if (amountPerHour === undefined || amountPerHour < 0n)
      findings.add('invalid_value', 'amount_per_hour is no amount of the currency');
    if (!isLocalDate(validFrom)) findings.add('invalid_value', 'valid_from is no date');
    if (validTo !== null && (!isLocalDate(validTo) || validTo <= validFrom))
      findings.add('invalid_value', 'valid_to is no date after valid_from');
    const ref = refOf(rateColumns.map((column) => row.get(column)));
    if (refuse(run, 'rates.csv', row, String(row.number), findings) || known.has(ref) || amountPerHour === undefined) continue;
    await sql`SAVEPOINT rate_row`.execute(trx);
    try {
      await trx
        .insertInto('rate')
        .values({ ref, side: row.get('side'), ...scoped, amountPerHour, validFrom, validTo })
        .execute();
      await sql`RELEASE SAVEPOINT rate_row`.execute(trx);
    } catch (error) {
      if (constraintOf(error) !== 'rate_one_per_scope_and_day') throw error;
      await sql`ROLLBACK TO SAVEPOINT rate_row`.execute(trx);
      findings.add('invalid_value', 'there is a rate of the same scope on some of these days');
      refuse(run, 'rates.csv', row, String(row.number), findings);
    }
  }
}

export async function importPackages(run: ImportRun): Promise<void> {
  const clients = await idsByRef(run.trx, 'client');
  const known = new Set((await run.trx.selectFrom('creditLot').select('ref').execute()).map((lot) => lot.ref));
  const seen = new Set<string>();
  for (const row of await readCsv(run.directory, 'packages.csv', [
    'id',
    'client',
    'purchased_on',
    'credits',
    'price',
    'expires_on',
  ])) {
    const findings = new Findings();
    const ref = row.get('id');
    repeats(seen, ref, findings);
    const clientId =
      clients.get(row.get('client')) ?? findings.add('unknown_reference', `client ${row.get('client')} is not known`);
    const credits = parseMoney(row.get('credits'), 2);
    const price = parseMoney(row.get('price'), run.digits);
    const purchasedOn = row.get('purchased_on');
    const expiresOn = row.get('expires_on');
    if (credits === undefined || credits <= 0n)
      findings.add('invalid_value', 'credits is no number above 0 with at most two decimals');
    if (price === undefined || price < 0n) findings.add('invalid_value', 'price is no amount of the currency');
    if (!isLocalDate(purchasedOn)) findings.add('invalid_value', 'purchased_on is no date');
    if (expiresOn && (!isLocalDate(expiresOn) || expiresOn < purchasedOn))
      findings.add('invalid_value', 'expires_on is no date from purchased_on on');
    if (refuse(run, 'packages.csv', row, ref, findings) || known.has(ref)) continue;
    if (!clientId || credits === undefined || price === undefined) continue;
    await sellPackage(run.trx, run.ctx, run.actor, {
      ref,
      clientId,
      credits,
      price,
      purchasedOn,
      ...(expiresOn ? { expiresOn } : {}),
    });
  }
}

export async function importAdjustments(run: ImportRun): Promise<void> {
  const tutors = await idsByRef(run.trx, 'tutor');
  const refOf = contentRefs('adjustment');
  const columns = ['tutor', 'date', 'kind', 'amount', 'note'];
  for (const row of await readCsv(run.directory, 'adjustments.csv', columns)) {
    const findings = new Findings();
    const tutorId = tutors.get(row.get('tutor')) ?? findings.add('unknown_reference', `tutor ${row.get('tutor')} is not known`);
    const amount = parseMoney(row.get('amount'), run.digits);
    if (!isLocalDate(row.get('date'))) findings.add('invalid_value', 'date is no date');
    if (!['bonus', 'correction', 'expense'].includes(row.get('kind')))
      findings.add('invalid_value', 'kind is bonus, correction or expense');
    if (amount === undefined || amount === 0n) findings.add('invalid_value', 'amount is no amount of the currency other than 0');
    const ref = refOf(columns.map((column) => row.get(column)));
    if (refuse(run, 'adjustments.csv', row, row.get('tutor'), findings) || !tutorId || amount === undefined) continue;
    await run.trx
      .insertInto('payItem')
      .values({
        ref,
        kind: row.get('kind'),
        tutorId,
        localDate: row.get('date'),
        amount,
        note: row.get('note'),
        settledAt: run.ctx.clock(),
      })
      .onConflict((conflict) => conflict.column('ref').doNothing())
      .execute();
  }
}
