import process from 'node:process';
import { type Page, test } from '@playwright/test';
import { type CaseCompany, openCaseCompany } from './case-company.ts';
import { PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

const port = Number(process.env.E2E_PORT ?? 4173) + 1;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const months = [
  { name: 'northside', from: '2026-03-01', until: '2026-03-31', to: '2026-04-01', on: 'a desk', viewport: DESK },
  { name: 'harbour', from: '2026-10-01', until: '2026-10-31', to: '2026-11-01', on: 'a phone', viewport: PHONE },
];
type Month = (typeof months)[number];

for (const month of months) {
  test.describe(`a month of ${month.name}, on ${month.on}`, () => {
    test.describe.configure({ mode: 'serial' });
    test.use({ baseURL: `http://localhost:${port}`, viewport: month.viewport });

    let company: CaseCompany;
    let errors: string[];

    test.beforeAll(async () => {
      test.setTimeout(240_000);
      company = await openCaseCompany(month.name, port);
    });

    test.afterAll(() => company?.close());

    test.beforeEach(async ({ page }) => {
      errors = watchErrors(page);
      await signIn(page, company.admin, PASSWORD);
    });

    test('is invoiced and paid in the wizards, and agrees to the cent', async ({ page }) => {
      test.setTimeout(300_000);
      await issueInvoices(page, month);
      await approvePay(page, month);
      const period = ['--from', month.from, '--to', month.to, '--out', company.out];
      expect((await company.lectern('invoice-run', ...period, '--issue')).text).toContain('Nothing was left to issue.');
      expect((await company.lectern('pay-run', ...period, '--approve')).text).toContain('Nothing was left to approve.');
      await company.lectern('credits', '--out', company.out);
      expect(await company.compare()).toContain('7 passed, 0 failed');
      expect(errors).toEqual([]);
    });

    if (month.name === 'northside') {
      test('tells why an amount is what it is in at most two clicks', async ({ page }) => {
        await page.goto('/office/invoices?q=Mei+Haddad');
        const row = page.getByRole('row').filter({ hasText: 'Mei Haddad' });
        await expect(row).toContainText('$');
        await row.getByRole('link').click();
        const billed = page
          .getByRole('table', { name: /^Lines of / })
          .getByRole('row')
          .filter({ hasText: '$37.12' });
        await expect(billed.first()).toContainText(/\$44\.54 an hour × 50 min, attended/);
        await noSeriousFault(page);

        await page.goto('/office/pay-runs');
        await page.getByRole('table', { name: 'Pay runs' }).getByRole('link').first().click();
        await page.getByRole('link', { name: /^Kofi Eriksen/ }).click();
        const paid = page.getByRole('table', { name: 'Lines of Kofi Eriksen' }).getByRole('row').filter({ hasText: '$18.13' });
        await expect(paid.first()).toContainText(/\$21\.75 an hour × 50 min/);
        await noSeriousFault(page);
        expect(errors).toEqual([]);
      });

      test('has a mistake mended on one page, from the line of the invoice, on a phone', async ({ page }) => {
        test.setTimeout(240_000);
        await page.setViewportSize(PHONE);
        await page.goto('/office/invoices?q=Mei+Haddad');
        await page.getByRole('link', { name: /^INV-/ }).click();
        await expect(page).toHaveURL(/\/office\/invoices\/[\da-f-]{36}$/);
        const invoice = page.url();
        // The lesson of the first line was broken off after half its time.
        await page
          .getByRole('link', { name: /^Correct / })
          .first()
          .click();
        await expect(page.getByRole('heading', { name: 'Correct the session' })).toBeVisible();
        await page.getByLabel('Minutes it took').fill('25');
        await page.getByRole('button', { name: 'See what it comes to' }).click();
        await expect(page.getByRole('alert')).toBeVisible();
        await expect(page.getByLabel('Minutes it took')).toHaveValue('25');
        await page.getByRole('textbox', { name: 'Why' }).fill('Broken off after 25 minutes');
        await page.getByRole('button', { name: 'See what it comes to' }).click();
        await expect(page.getByText('A credit note of -$37.12')).toBeVisible();
        await expect(page.getByText('goes onto the family’s next invoice with $18.56 net')).toBeVisible();
        await expect(page.getByText('Pay is corrected by -$9.07')).toBeVisible();
        await noSeriousFault(page);
        await page.getByRole('button', { name: 'Correct it so' }).dblclick();
        await expect(page).toHaveURL(/\/office\/sessions\/[\da-f-]{36}#money$/);

        await page.goto(invoice);
        await expect(page.getByText('Taken back by', { exact: false })).toHaveCount(1);
        await expect(page.getByRole('link', { name: /\(PDF\)$/ })).toHaveCount(1);
        await page.goto('/office/invoice-runs/new?step=preview&from=2026-04-01&until=2026-04-30&q=Mei+Haddad');
        await page.getByRole('list', { name: 'Invoices of the run' }).getByRole('link').first().click();
        await expect(page.getByRole('table', { name: 'Lines of Mei Haddad' })).toContainText('$18.56');
        await page.goto('/office/pay-runs/new?step=statements&who=all&from=2026-04-01&until=2026-12-31');
        await page.getByRole('link', { name: /Kofi Eriksen/ }).click();
        await expect(page.getByRole('table', { name: 'Lines of Kofi Eriksen' })).toContainText('Broken off after 25 minutes');
        expect(errors).toEqual([]);
      });
    }
  });
}

/** From the period to the last invoice. */
async function issueInvoices(page: Page, { from, until }: Month) {
  await page.goto('/office/invoice-runs/new');
  await page.getByLabel('From', { exact: true }).fill(from);
  await page.getByLabel('Up to and including').fill(until);
  await page.getByRole('button', { name: 'Next: Who' }).click();
  await expect(page.getByRole('group', { name: 'Only of these programs' })).toBeVisible();
  await page.getByRole('button', { name: 'Next: Exceptions' }).click();
  await expect(page.getByRole('heading', { name: 'Left out, and why' })).toBeVisible();
  await noSeriousFault(page);
  await page.getByRole('link', { name: 'Next: Preview' }).click();

  // Every amount answers why: opened, each line says how it came about.
  const families = page.getByRole('list', { name: 'Invoices of the run' });
  await families.getByRole('link').first().click();
  await expect(families.getByText('an hour ×', { exact: false }).first()).toBeVisible();
  await noSeriousFault(page);
  await page.getByRole('link', { name: 'Next: Confirm' }).click();
  await page.locator('summary', { hasText: /^Issue \d+ invoice/ }).click();
  await noSeriousFault(page);
  // A double click does it once.
  await page.getByRole('button', { name: /^Issue \d+ invoices? now$/ }).dblclick();
  await expect(page).toHaveURL(/\/office\/invoice-runs\/[\da-f-]{36}$/);
  await expect(page.getByRole('link', { name: 'CSV of lines' })).toBeVisible({ timeout: 60_000 });
  await noSeriousFault(page);
}

/** From whom and when to the last statement. */
async function approvePay(page: Page, { from, until }: Month) {
  await page.goto('/office/pay-runs/new');
  await page.getByLabel('Whom').selectOption('Everybody');
  await page.getByLabel('From', { exact: true }).fill(from);
  await page.getByLabel('Up to and including').fill(until);
  await noSeriousFault(page);
  await page.getByRole('button', { name: 'Look for exceptions' }).click();
  await expect(page.getByRole('heading', { name: 'Not paid, and rightly so' })).toBeVisible();
  await noSeriousFault(page);
  await page.getByRole('link', { name: 'Next: Statements' }).click();
  const statements = page.getByRole('list', { name: 'Statements' });
  await statements.getByRole('link').first().click();
  await expect(statements.getByText('an hour ×', { exact: false }).first()).toBeVisible();
  await noSeriousFault(page);
  await page.getByRole('link', { name: 'Next: Adjust' }).click();
  await expect(page.getByRole('heading', { name: 'Adjustments waiting' })).toBeVisible();
  await noSeriousFault(page);
  await page.getByRole('link', { name: 'Next: Approve' }).click();
  await page.locator('summary', { hasText: 'Approve the run' }).click();
  await noSeriousFault(page);
  await page.getByRole('button', { name: /^Approve \d+ statements? now$/ }).dblclick();
  await expect(page).toHaveURL(/\/office\/pay-runs\/[\da-f-]{36}$/, { timeout: 60_000 });
}
