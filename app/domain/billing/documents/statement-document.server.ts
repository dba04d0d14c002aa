import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { Statement, StatementRow } from '../statement-queries.server.ts';
import { companySnapshot, findPicture } from './company.server.ts';
import { dayText, moneyText, spanText } from './document-text.ts';
import { heading, type PaperColumn, paragraph, renderPaper, sums, table } from './paper.server.ts';

/** A family's statement of a span as PDF. */
export async function renderStatement(db: Kysely<DB>, ctx: Pick<DomainContext, 'config'>, statement: Statement): Promise<Buffer> {
  const company = await companySnapshot(db, ctx, await getOrganisation(db));
  const { currency, from, to, opening, closing, rows } = statement;
  const { locale } = company;
  const money = (amount: bigint) => moneyText(amount, currency, locale);
  const columns: PaperColumn<StatementRow>[] = [
    { header: 'Day', width: 84, cell: (row) => dayText(row.day, locale) },
    { header: 'What', cell: (row) => row.what },
    { header: 'Charged', width: 84, right: true, cell: (row) => (row.amount > 0n ? money(row.amount) : '') },
    { header: 'Paid, taken back', width: 92, right: true, cell: (row) => (row.amount < 0n ? money(-row.amount) : '') },
    { header: 'Balance', width: 84, right: true, cell: (row) => money(row.balance) },
  ];
  const sum = (fits: (amount: bigint) => boolean) =>
    rows.reduce((total, row) => (fits(row.amount) ? total + row.amount : total), 0n);
  const last = addDays(to, -1);
  return renderPaper({
    title: 'Statement',
    madeOn: last,
    facts: [['For', spanText(from, to, locale)]],
    company,
    logo: await findPicture(db, company.logo),
    to: { name: statement.client.name, address: statement.client.address },
    body: [
      rows.length === 0 ? paragraph('Nothing happened in these days.') : table(columns, rows),
      sums([
        [opening < 0n ? 'Paid ahead before' : 'Owed before', money(opening < 0n ? -opening : opening)],
        ['Charged', money(sum((amount) => amount > 0n))],
        ['Paid and taken back', money(sum((amount) => amount < 0n))],
        [`${closing < 0n ? 'Paid ahead' : 'To be paid'} on ${dayText(last, locale)}`, money(closing < 0n ? -closing : closing)],
      ]),
      ...(closing > 0n && company.paymentInstructions ? [heading('How to pay'), paragraph(company.paymentInstructions)] : []),
    ],
  });
}
