import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { billSums, billTable, closingWords } from '../invoice-documents.server.ts';
import type { ProForma } from '../pro-forma-queries.server.ts';
import { companySnapshot, findPicture } from './company.server.ts';
import { spanText } from './document-text.ts';
import { paragraph, renderPaper } from './paper.server.ts';

/** What planned lessons will cost, as PDF: no invoice, and it says so. */
export async function renderProForma(db: Kysely<DB>, ctx: Pick<DomainContext, 'config'>, proForma: ProForma): Promise<Buffer> {
  const company = await companySnapshot(db, ctx, await getOrganisation(db));
  const { client, currency, from, to, lines } = proForma;
  return renderPaper({
    title: 'Pro forma',
    madeOn: from,
    facts: [['For planned lessons of', spanText(from, to, company.locale)]],
    company,
    logo: await findPicture(db, company.logo),
    to: { name: client.name, address: client.address },
    body: [
      paragraph('This is no invoice: it says what the planned lessons will cost if they take place as planned.'),
      billTable(lines, currency, company.locale),
      billSums(proForma, company, currency),
      ...closingWords(company),
    ],
  });
}
