import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { csvMoney, toCsv } from '#app/domain/billing/csv.ts';
import { leftOutMeaning } from '#app/domain/billing/invoice-run.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { listUnbilled } from '#app/domain/billing/unbilled-queries.server.ts';
import { waivedText } from '#app/domain/make-ups/waived-words.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { readPeriod } from '../money-pages/period.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

const columns = ['session', 'date', 'student', 'family', 'tutor', 'reason', 'why', 'net', 'currency'];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const { timezone, currency } = await getOrganisation(db);
  const params = new URL(args.request.url).searchParams;
  const { period } = readPeriod(params, localDateOf(clock(), timezone));
  const reason = params.get('reason');
  const places = period ? await listUnbilled(db, { ...period, ...(reason ? { reason } : {}) }) : [];
  const digits = currencyDigits(currency);
  const rows = places.map((place) => ({
    session: place.sessionRef,
    date: place.localDate,
    student: place.studentName,
    family: place.clientName,
    tutor: place.tutorName,
    reason: place.reason,
    why: place.waived ? waivedText(place.waived, (day) => day) : leftOutMeaning(place.reason),
    net: place.net === null ? null : csvMoney(place.net, digits),
    currency: place.net === null ? null : currency,
  }));
  return fileResponse(toCsv(columns, rows, { spreadsheet: true }), { name: 'unbilled.csv', type: 'text/csv; charset=utf-8' });
}
