import { type BrowserContext, type Page, test } from '@playwright/test';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import { testContext } from '#tests/setup/context.ts';
import { aTutorAndAFamily, type Company, openCompany, PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

const PHONE = { width: 390, height: 844 };
let company: Company;

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(() => company.close());

/** Lessons of one tutor and one student that are over, so many hours ago. */
async function lessonsAgo(name: string, hours: readonly number[]) {
  const { db } = company;
  const people = await aTutorAndAFamily(company, name);
  const tutor = await db.selectFrom('tutor').select('id').where('email', '=', people.tutor.email).executeTakeFirstOrThrow();
  const student = await db.selectFrom('student').select('id').where('lastName', '=', name).executeTakeFirstOrThrow();
  const subject = await db.selectFrom('subject').select('id').where('name', '=', people.subject).executeTakeFirstOrThrow();
  const program = await db.selectFrom('program').select('id').where('name', '=', 'One-to-one').executeTakeFirstOrThrow();
  const ids: string[] = [];
  for (const ago of hours) {
    const startsAt = new Date(Math.floor(Date.now() / 900_000) * 900_000 - ago * 3_600_000);
    const { sessionId } = await bookSession(
      db,
      testContext(db, { now: startsAt }),
      { userId: null, kind: 'system' },
      {
        tutorId: tutor.id,
        studentIds: [student.id],
        programId: program.id,
        subjectId: subject.id,
        wallStart: instantToWall(startsAt, 'America/New_York').slice(0, 16),
        durationMinutes: 60,
        mode: 'in_person',
        location: 'Room 4',
        billable: true,
        silent: true,
      },
    );
    ids.push(sessionId);
  }
  return { people, ids };
}

const closeOutOf = (sessionId: string | undefined) =>
  company.db
    .selectFrom('closeOut')
    .select(['notes', 'actualMinutes', 'version'])
    .where('sessionId', '=', sessionId ?? '')
    .executeTakeFirst();

async function onAPhone(context: BrowserContext, email: string): Promise<{ page: Page; errors: string[] }> {
  const page = await context.newPage();
  const errors = watchErrors(page);
  await signIn(page, email, PASSWORD);
  return { page, errors };
}

test('a lesson that took place as planned is closed out with two taps on a phone', async ({ browser, baseURL }) => {
  const { people, ids } = await lessonsAgo('Tapper', [3]);
  const context = await browser.newContext({ baseURL: baseURL ?? '', viewport: PHONE, hasTouch: true });
  const { page, errors } = await onAPhone(context, people.tutor.email);
  await expect(page.getByRole('heading', { name: 'To close out' })).toBeVisible();
  await page.getByRole('link', { name: /^Close out / }).tap();
  await expect(page.getByRole('heading', { name: 'Close out', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Took place as planned' }).tap();
  await expect(page.getByText('Closed out. Thank you.')).toBeVisible();
  expect(await closeOutOf(ids[0])).toEqual({ notes: '', actualMinutes: 60, version: 1 });
  expect(errors).toEqual([]);
  await context.close();
});

test('what is typed stays, and what is sent without a connection arrives once when it is back', async ({ browser, baseURL }) => {
  const { people, ids } = await lessonsAgo('Tunnel', [6, 3]);
  const context = await browser.newContext({ baseURL: baseURL ?? '', viewport: PHONE });
  const { page, errors } = await onAPhone(context, people.tutor.email);
  const form = (sessionId: string | undefined) => `/tutor/sessions/${sessionId}/close-out`;

  // Typed on the phone, seen again after a reload and on another device.
  await page.goto(form(ids[0]));
  await page.getByLabel('Progress notes').fill('Long division, slowly');
  await expect(page.getByText('What you typed is saved.')).toBeVisible();
  await noSeriousFault(page);

  // Neither the Enter key nor the one tap takes back what was said otherwise.
  const asPlanned = page.getByRole('button', { name: 'Took place as planned' });
  await page.getByLabel('Minutes taught').fill('45');
  await page.getByLabel('Minutes taught').press('Enter');
  await expect(asPlanned).toBeDisabled();
  await page.getByLabel('Minutes taught').fill('60');
  await expect(asPlanned).toBeEnabled();

  // A file that is taken after one that was not leaves neither the refusal nor itself behind, to be sent again.
  const file = page.getByLabel('File', { exact: true });
  const sendFile = async (name: string, content: string) => {
    await file.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
    await page.getByRole('button', { name: 'Add file' }).click();
  };
  await page.getByText('Add a file').click();
  await sendFile('sheet.exe', 'MZ\0\0');
  await expect(page.getByText(/is none of the types taken/).first()).toBeVisible();
  errors.length = 0;
  await sendFile('sheet.txt', 'Page 12');
  await expect(page.getByRole('link', { name: 'sheet.txt' })).toBeVisible();
  await expect(page.getByText(/is none of the types taken/)).toHaveCount(0);
  expect(await file.inputValue()).toBe('');
  const desk = await browser.newContext({ baseURL: baseURL ?? '' });
  const { page: elsewhere } = await onAPhone(desk, people.tutor.email);
  await elsewhere.goto(form(ids[0]));
  await expect(elsewhere.getByLabel('Progress notes')).toHaveValue('Long division, slowly');
  await desk.close();

  // The train goes into a tunnel: more is typed and sent, and the page is closed.
  await context.setOffline(true);
  await page.getByLabel('Progress notes').fill('Long division, slowly but surely');
  await page.getByRole('button', { name: 'Took place as planned' }).click();
  await expect(page.getByText('A close-out waits for a connection')).toBeVisible();
  expect(await closeOutOf(ids[0])).toBeUndefined();
  await page.close();

  // Days later, on any page of the tutor's.
  await context.setOffline(false);
  const later = await context.newPage();
  errors.length = 0;
  await later.goto('/tutor/calendar');
  await expect(later.getByText('Sent now that the connection is back')).toBeVisible();
  expect(await closeOutOf(ids[0])).toEqual({ notes: 'Long division, slowly but surely', actualMinutes: 60, version: 1 });
  const told = await company.db
    .selectFrom('auditLog')
    .select('id')
    .where('sessionId', '=', ids[0] ?? '')
    .where('action', '=', 'closeout.submit')
    .execute();
  expect(told).toHaveLength(1);

  // With the page still open the form goes out by itself, and what was typed without a connection is there after a reload.
  await later.goto(form(ids[1]));
  await context.setOffline(true);
  await later.getByLabel('Homework').fill('Page 30');
  await expect(later.getByText('What you typed is kept on this device.')).toBeVisible();
  await context.setOffline(false);
  await later.reload();
  await expect(later.getByLabel('Homework')).toHaveValue('Page 30');
  await context.setOffline(true);
  await later.getByRole('button', { name: 'Took place as planned' }).click();
  await expect(later.getByText('A close-out waits for a connection')).toBeVisible();
  await context.setOffline(false);
  await expect(later.getByText('Closed out. Thank you.')).toBeVisible();
  expect((await closeOutOf(ids[1]))?.version).toBe(1);
  await context.close();
});
