import type { AppLoadContext } from '@remix-run/node';
import { currencyDigits, typedMoney } from '#app/domain/billing/money.ts';
import { type TrialSession, tryPolicy } from '#app/domain/billing/policy-trial.ts';
import { listTrialSessions, readTrialSession } from '#app/domain/billing/trial-sessions.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import { formatMoney } from '#app/ui/format.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import type { Trial, TrialFields } from './trial-view.ts';
import { trialRows } from './trial-view.ts';

/** What the panel to try rules offers: sessions to choose from, and the fields of one that is made up. */
export async function trialChoices(context: AppLoadContext, reader: Reader, programId?: string): Promise<TrialFields> {
  const sessions = await listTrialSessions(context.db, { now: reader.now, programId });
  return {
    sessions: sessions.map((session) => ({
      value: session.id,
      label: `${whenOf(reader, session.startsAt, session.endsAt).long}: ${session.subjectName}, ${session.tutorName} with ${session.students.join(', ')}`,
    })),
  };
}

interface Rules {
  organisation: Organisation;
  reader: Reader;
  /** The rules as they are saved, and as they were typed: an organisation's, or a program's over it. */
  before: unknown;
  after: unknown;
  /** Of a program, its own rules are what is tried. */
  ofProgram?: boolean;
}

/** Works out what the typed rules come to on the session that was chosen or made up, beside those that hold. Saves nothing. */
export async function tryRules(
  context: AppLoadContext,
  form: FormData,
  { organisation, reader, before, after, ofProgram }: Rules,
): Promise<Trial> {
  const { currency } = organisation;
  const errors: Record<string, string> = {};
  const chosen = textOf(form, 'try.session');
  let session: TrialSession | undefined;
  let overrides: unknown = {};
  if (isId(chosen)) {
    try {
      const read = await readTrialSession(context.db, chosen);
      session = read.session;
      overrides = read.overrides;
    } catch (error) {
      if (!isDomainError(error, 'not_found')) throw error;
      errors['try.session'] = 'Choose another session';
    }
  } else session = madeUp(form, currencyDigits(currency), errors);
  const notice = textOf(form, 'try.notice').trim();
  const noticeHours = notice === '' ? undefined : Number(notice.replace(',', '.'));
  if (noticeHours !== undefined && !(noticeHours >= -24 && noticeHours <= 8760)) errors['try.notice'] = 'Enter hours, such as 5';
  if (!session || Object.keys(errors).length > 0) return { errors, rows: null };
  const policy = (rules: unknown) =>
    ofProgram ? effectivePolicy(organisation.policies, rules) : effectivePolicy(rules, overrides);
  const rows = tryPolicy(session, { before: policy(before), after: policy(after), noticeHours });
  const money = (amount: bigint) => formatMoney(amount, currency, reader.locale);
  return { errors, rows: trialRows(rows, money) };
}

function madeUp(form: FormData, digits: number, errors: Record<string, string>): TrialSession | undefined {
  const minutes = Number(textOf(form, 'try.minutes'));
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440) errors['try.minutes'] = 'Enter whole minutes, such as 60';
  const amount = (name: string) => {
    const read = typedMoney(textOf(form, name), digits);
    if (read === undefined || read < 0n) errors[name] = 'Enter an amount, such as 60.00';
    return { rateId: null, amountPerHour: read ?? 0n, scope: [] };
  };
  const chargeRate = amount('try.rate');
  const payRate = amount('try.pay');
  return {
    plannedMinutes: minutes,
    chargeBasis: 'per_student',
    places: [{ id: 'tried', studentRef: '', outcome: 'planned', chargeRate }],
    payRate,
    currencyDigits: digits,
  };
}
