import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { companySnapshot, findPicture } from '#app/domain/billing/documents/company.server.ts';
import { dayText, moneyText, spanText } from '#app/domain/billing/documents/document-text.ts';
import { type PaperColumn, renderPaper, sums, table } from '#app/domain/billing/documents/paper.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { payKindLabel, payTotals } from './pay-run.ts';
import type { PaidLine, PayRunView } from './pay-run-queries.server.ts';

/** A tutor's statement of one run as PDF: every line, wages, mileage apart from them, adjustments and the total. */
export async function renderPayStatement(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'config'>,
  run: PayRunView,
  lines: readonly PaidLine[],
): Promise<Buffer> {
  const organisation = await getOrganisation(db);
  const company = await companySnapshot(db, ctx, organisation);
  const { locale } = company;
  const money = (amount: bigint) => moneyText(amount, organisation.currency, locale);
  const madeOn = localDateOf(run.approvedAt, organisation.timezone);
  const totals = payTotals(lines);
  const columns: PaperColumn<PaidLine>[] = [
    { header: 'Day', width: 76, cell: (line) => dayText(line.localDate, locale) },
    { header: 'For', cell: whatFor },
    { header: 'Minutes', width: 52, right: true, cell: (line) => (line.minutes === null ? '' : String(line.minutes)) },
    { header: 'Amount', width: 92, right: true, cell: (line) => money(line.amount) },
  ];
  return renderPaper({
    title: 'Pay statement',
    madeOn,
    facts: [
      ['For', spanText(run.periodFrom, run.periodTo, locale)],
      ['Approved', dayText(madeOn, locale)],
      ...(run.paidOn ? [['Paid', dayText(run.paidOn, locale)] as const] : []),
    ],
    company,
    logo: await findPicture(db, company.logo),
    to: { name: lines[0]?.tutorName ?? '', address: '' },
    body: [
      table(columns, lines),
      sums([
        ['Wages', money(totals.wages)],
        ['Mileage', money(totals.mileage)],
        ['Adjustments', money(totals.adjustments)],
        ['Total', money(totals.total)],
      ]),
    ],
  });
}

function whatFor(line: PaidLine): string {
  const what = line.about && line.kind === 'session' ? line.about : payKindLabel(line.kind);
  const about = line.about && line.kind === 'mileage' ? `: ${line.about}` : line.note ? `: ${line.note}` : '';
  return `${what}${about}${line.late ? ' (late)' : ''}`;
}
