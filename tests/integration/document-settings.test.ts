import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { listNumberSeries } from '#app/domain/billing/documents/edit-number-series.server.ts';
import { takeNumbers } from '#app/domain/billing/number-series.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import { action, loader } from '#app/routes/office.settings.documents/route.tsx';
import { loader as sample } from '#app/routes/office.settings.documents.sample[.]pdf/route.ts';
import { anOrganisation, aUser } from '#tests/factories/index.ts';
import { hasChecker, pdfText } from '#tests/setup/checkers.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });
const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
// A PNG of one point.
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function args(form?: Record<string, string | File>) {
  const body = new FormData();
  for (const [name, value] of Object.entries(form ?? {})) body.append(name, value);
  const request = new Request('http://lectern.test/office/settings/documents', {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body } : {}),
  });
  return { request, context: { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' }, params: {} } as never;
}

const refused = async (form: Record<string, string | File>) =>
  ((await action(args(form))) as unknown as { data: { errors: Record<string, string> } }).data.errors;

describe('the settings of documents', () => {
  it('words, a logo, and the name of a tax stand on the sample at once', async (test) => {
    await action(args({ intent: 'words', payment_instructions: 'To IBAN IE00 1234', terms: 'Net 14 days' }));
    await action(args({ intent: 'logo', logo: new File([png], 'logo.png') }));
    await action(args({ intent: 'tax', name: 'VAT 23 %', percent: '23' }));
    expect(await loader(args())).toMatchObject({ terms: 'Net 14 days', taxes: [{ name: 'VAT 23 %', percent: '23' }] });
    expect((await loader(args())).logo).toMatch(/^data:image\/png;base64,/);
    const pdf = Buffer.from(await (await sample(args())).arrayBuffer());
    expect(pdf.toString('latin1')).toContain('/Subtype /Image');
    if (!(await hasChecker('pdftotext', test))) return;
    const text = await pdfText(pdf);
    for (const words of ['To IBAN IE00 1234', 'Net 14 days', 'VAT 23 % of']) expect(text).toContain(words);
  });

  it('refuse at the field what is no picture, a tax of the same name, a percentage that is none', async () => {
    expect(await refused({ intent: 'logo', logo: new File(['<svg/>'], 'logo.svg') })).toHaveProperty('logo');
    expect(await refused({ intent: 'logo', logo: new File([], '') })).toHaveProperty('logo');
    expect(await refused({ intent: 'tax', name: 'vat 23 %', percent: '23' })).toHaveProperty('name');
    expect(await refused({ intent: 'tax', name: 'VAT', percent: '123' })).toHaveProperty('percent');
  });

  it('a name of a tax and the logo are taken away', async () => {
    const [tax] = (await loader(args())).taxes;
    await action(args({ intent: 'archive-tax', taxRateId: tax?.id ?? '' }));
    await action(args({ intent: 'no-logo' }));
    expect(await loader(args())).toMatchObject({ taxes: [], logo: null });
  });

  it('numbers begin anew each year only with the year in front, and never come twice', async () => {
    const numbers = (prefix: string, yearly: boolean) => ({
      ...{ intent: 'invoice', series: 'invoice', prefix, digits: '4' },
      ...(yearly ? { yearly: 'on' } : {}),
    });
    expect(await refused(numbers('INV-', true))).toHaveProperty('prefix');
    await inTransaction(db, (trx) => takeNumbers(trx, 'invoice', 1, '2026-03-02'));
    await action(args(numbers('{year}-', true)));
    expect((await listNumberSeries(db, '2026-03-02'))[0]).toMatchObject({ yearly: true, next: '2026-0001' });
    await action(args(numbers('A/{year}/', false)));
    expect((await listNumberSeries(db, '2026-03-02'))[0]).toMatchObject({ yearly: false, next: 'A/2026/0002' });
  });
});
