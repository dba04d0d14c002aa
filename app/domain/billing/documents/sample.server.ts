import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { billSums, billTable, closingWords } from '../invoice-documents.server.ts';
import { totalsOf } from '../tax.ts';
import { companySnapshot, findPicture } from './company.server.ts';
import { dayText } from './document-text.ts';
import { renderPaper } from './paper.server.ts';

/** An invoice of nobody with the logo, words and tax names as they are now. Nothing is kept, and no number is taken. */
export async function renderSample(db: Kysely<DB>, ctx: DomainContext): Promise<Buffer> {
  const organisation = await getOrganisation(db);
  const company = await companySnapshot(db, ctx, organisation);
  const { currency, locale } = organisation;
  const today = localDateOf(ctx.clock(), organisation.timezone);
  const taxPercent = Object.keys(company.taxNames ?? {})[0] ?? '0';
  const net = 6000n;
  const lines = ['Mathematics, 60 min', 'English, 60 min'].map((description, index) => ({
    ...{ description, taxPercent, net, minutes: 60, localDate: addDays(today, index - 7) },
  }));
  return renderPaper({
    title: 'Sample invoice',
    madeOn: today,
    facts: [
      ['Issued', dayText(today, locale)],
      ['Due', dayText(addDays(today, organisation.policies.invoice.due_days), locale)],
    ],
    company,
    logo: await findPicture(db, company.logo),
    to: { name: 'Łucja Žižek · 小林 さくら · مريم الهاشمي', address: '12 Sample Street\nSampletown' },
    body: [billTable(lines, currency, locale), billSums(totalsOf(lines), company, currency), ...closingWords(company)],
  });
}
