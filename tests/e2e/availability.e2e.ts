import { type BrowserContext, type Page, test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { aTutorAndAFamily, type Company, openCompany, PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

let company: Company;

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(() => company.close());

const PHONE = { width: 390, height: 844 };

/** Where on the screen the half hours that begin at these times are, with the first in sight. A column is a day. */
async function pointsOf(page: Page, ...cells: { column: number; hour: number }[]) {
  return page.getByRole('img', { name: /week/ }).evaluate((element, wanted) => {
    const { firstMinute, lastMinute } = (element as HTMLElement).dataset;
    const first = Number(firstMinute);
    const share = (hour: number) => (hour * 60 + 10 - first) / (Number(lastMinute) - first);
    const top = () => element.getBoundingClientRect();
    window.scrollBy(0, top().top + share(wanted[0]?.hour ?? 0) * top().height - window.innerHeight / 3);
    const box = top();
    return wanted.map(({ column, hour }) => ({
      x: Math.round(box.left + ((column + 0.5) / 7) * box.width),
      y: Math.round(box.top + share(hour) * box.height),
    }));
  }, cells);
}

/** A page that a finger has pushed goes on for a while by itself: what is touched then is somewhere else a moment later. */
async function standsStill(page: Page) {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let still = 0;
        let last = window.scrollY;
        const look = () => {
          still = window.scrollY === last ? still + 1 : 0;
          last = window.scrollY;
          if (still > 20) resolve();
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
}

/** A finger that goes down at one point, on to the other, and up. */
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  const client = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [from]);
  for (let step = 1; step <= 6; step++) {
    const share = step / 6;
    await touch('touchMove', [{ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }]);
  }
  await touch('touchEnd', []);
  await client.detach();
}

test('a tutor draws the hours on a phone, asks for time off, and the office approves it', async ({ browser, baseURL }) => {
  test.setTimeout(300_000);
  const people = await aTutorAndAFamily(company, 'Hours');
  const errors: string[][] = [];
  const contexts: BrowserContext[] = [];
  const as = async (email: string, password: string, options: Parameters<typeof browser.newContext>[0] = {}) => {
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...options });
    contexts.push(context);
    const page = await context.newPage();
    errors.push(watchErrors(page));
    await signIn(page, email, password);
    return page;
  };

  const tutor = await as(people.tutor.email, PASSWORD, { viewport: PHONE, hasTouch: true });
  const bar = tutor.getByRole('navigation', { name: 'Pages' });
  await bar.getByText('More').click();
  await bar.getByRole('link', { name: 'Hours' }).click();
  await expect(tutor.getByRole('heading', { name: 'When you can teach' })).toBeVisible();
  await expect(tutor.getByText('You have no hours yet')).toBeVisible();
  await expect(tutor.getByText('New York time', { exact: false })).toBeVisible();
  await expect(tutor.getByText('Draw the week')).toBeVisible();
  await noSeriousFault(tutor);

  // A finger over the week scrolls the page and draws nothing; a tap is half an hour.
  const [low = { x: 0, y: 0 }] = await pointsOf(tutor, { column: 1, hour: 15 });
  const before = await tutor.evaluate(() => window.scrollY);
  await drag(tutor, low, { x: low.x, y: low.y - 200 });
  await expect.poll(() => tutor.evaluate(() => window.scrollY)).toBeGreaterThan(before + 50);
  await standsStill(tutor);
  await expect(tutor.getByText(/(?<!3)0\smin\sa\sweek/)).toBeVisible();
  const [tap = { x: 0, y: 0 }] = await pointsOf(tutor, { column: 6, hour: 10 });
  await tutor.touchscreen.tap(tap.x, tap.y);
  await expect(tutor.getByText('30 min a week')).toBeVisible();
  await tutor.touchscreen.tap(tap.x, tap.y);
  await expect(tutor.getByText(/(?<!3)0\smin\sa\sweek/)).toBeVisible();

  // With drawing on, one stroke is three afternoons.
  await tutor.getByRole('switch', { name: 'Draw with a finger' }).check();
  const [from, to] = await pointsOf(tutor, { column: 1, hour: 15 }, { column: 3, hour: 17.5 });
  if (from && to) await drag(tutor, from, to);
  await expect(tutor.getByText('9 h a week, not saved yet')).toBeVisible();
  await noSeriousFault(tutor);
  await tutor.getByRole('button', { name: 'Save hours' }).dblclick();
  await expect(tutor.getByRole('status')).toContainText('The hours are saved.');
  await expect(tutor.getByLabel('Monday from')).toHaveValue('15:00');
  await expect(tutor.getByLabel('Wednesday to')).toHaveValue('18:00');

  // The same without a script: lines, and nothing else.
  const plain = await as(people.tutor.email, PASSWORD, { viewport: PHONE, javaScriptEnabled: false });
  await plain.goto('/tutor/availability');
  await expect(plain.getByLabel('Monday from').first()).toHaveValue('15:00');
  await plain.getByLabel('Saturday from').fill('22:00');
  await plain.getByLabel('Saturday to').fill('01:30');
  await plain.getByRole('button', { name: 'Save hours' }).click();
  await expect(plain.getByRole('status')).toContainText('The hours are saved.');
  await expect(plain.getByLabel('Saturday to').first()).toHaveValue('01:30');
  await expect(plain.getByText('ends on the next day')).toBeVisible();

  // The phone still shows the week before that: it is told, keeps what it has, and can go over it.
  await tutor.getByRole('button', { name: 'Add hours on Friday' }).click();
  await tutor.getByRole('button', { name: 'Save hours' }).click();
  await expect(tutor.getByRole('alert')).toContainText('changed this week while you were editing it');
  await expect(tutor.getByLabel('Friday from')).toHaveValue('15:00');
  await noSeriousFault(tutor);
  await tutor.getByRole('link', { name: 'drop yours and see what is saved' }).click();
  await expect(tutor.getByLabel('Saturday to')).toHaveValue('01:30');

  // A day that differs, and time off.
  await tutor.getByRole('link', { name: 'Single days' }).click();
  await tutor.locator('[name=localDate]').fill('2030-01-02');
  await tutor.getByRole('button', { name: 'Add this day' }).click();
  await expect(tutor.getByRole('alert')).toContainText('within the next two years');
  const day = await tutor.evaluate(() => new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
  await tutor.locator('[name=localDate]').fill(day);
  await tutor.getByLabel('Note').fill('Dentist');
  await tutor.getByRole('button', { name: 'Add this day' }).click();
  await expect(tutor.getByText('All day · Dentist')).toBeVisible();
  await noSeriousFault(tutor);
  await tutor.getByRole('link', { name: 'Time off' }).click();
  await tutor.getByLabel('First day').fill(day);
  await tutor.getByLabel('Reason').fill('A wedding by the sea');
  await tutor.getByRole('button', { name: 'Ask for time off' }).dblclick();
  await expect(tutor.getByRole('status')).toContainText('Asked for');
  await expect(tutor.getByRole('listitem').filter({ hasText: 'A wedding by the sea' })).toHaveCount(1);
  await noSeriousFault(tutor);

  // The office sees that it waits, and answers.
  const scheduler = await as('scheduler@demo.test', DEMO_PASSWORD);
  await scheduler.getByRole('link', { name: /requests? for time off/ }).click();
  await expect(scheduler.getByRole('heading', { name: 'Waiting for an answer' })).toBeVisible();
  await noSeriousFault(scheduler);
  await scheduler.getByLabel(`Note to ${people.tutor.name}`).fill('Dance for us');
  await scheduler.getByRole('button', { name: new RegExp(`^Approve: ${people.tutor.name}`) }).click();
  await expect(scheduler.getByRole('status')).toContainText('Approved. The tutor gets a mail.');
  await tutor.reload();
  const mine = tutor.getByRole('listitem').filter({ hasText: 'A wedding by the sea' });
  await expect(mine).toContainText('Approved');
  await expect(mine).toContainText('Dance for us');

  // The office has the same pages of a tutor.
  await scheduler.goto('/office/tutors?q=Hours');
  await scheduler.getByRole('link', { name: people.tutor.name }).click();
  await scheduler.getByRole('link', { name: 'Hours and time off' }).click();
  await expect(scheduler.getByRole('heading', { name: `When ${people.tutor.name} can teach` })).toBeVisible();
  await noSeriousFault(scheduler);

  expect(errors.flat()).toEqual([]);
  for (const context of contexts) await context.close();
});

test('an admin takes holidays from a file and adds a place with a room, which a booking then offers', async ({ page }) => {
  test.setTimeout(240_000);
  const errors = watchErrors(page);
  await signIn(page, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto('/office/settings/closures');
  await page.locator('input[type=file]').setInputFiles({
    name: 'holidays.ics',
    mimeType: 'text/calendar',
    buffer: Buffer.from(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'BEGIN:VEVENT',
        'UID:midsummer',
        'DTSTART;VALUE=DATE:20100624',
        'RRULE:FREQ=YEARLY',
        'SUMMARY:Midsummer',
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\r\n'),
    ),
  });
  await expect(page.getByText('holidays.ics')).toBeVisible();
  await page.getByRole('button', { name: 'See what is in it' }).click();
  await expect(page.getByRole('heading', { name: 'What is in the file' })).toBeVisible();
  await noSeriousFault(page);
  await page.getByRole('button', { name: 'Take over what is ticked' }).click();
  await expect(page.getByRole('status')).toContainText('taken over');
  await expect(page.getByRole('cell', { name: 'Midsummer', exact: true })).toBeVisible();
  await noSeriousFault(page);

  await page.goto('/office/settings/places/new');
  await page.getByLabel('Name').fill('Harbour School');
  await page.getByLabel('On the map').fill('the big one');
  await page.getByRole('button', { name: 'Add place' }).click();
  await expect(page.getByLabel('On the map')).toBeFocused();
  await page.getByLabel('On the map').fill('https://www.openstreetmap.org/#map=17/41.0901/-73.8611');
  await page.getByRole('button', { name: 'Add place' }).click();
  await expect(page.getByRole('heading', { name: 'The way to other places' })).toBeVisible();
  await page.getByLabel('Between here and').selectOption({ label: 'Study, 48 Orchard Street' });
  await expect(page.getByText(/km \(.* miles\) straight/)).toBeVisible();
  await page.getByLabel('Minutes', { exact: true }).fill('11');
  await page.getByRole('button', { name: 'Save the way' }).click();
  await expect(page.getByRole('cell', { name: 'Study, 48 Orchard Street', exact: true })).toBeVisible();
  await noSeriousFault(page);

  await page.goto('/office/settings/rooms/new');
  await page.getByLabel('Name').fill('Laboratory');
  await page.getByLabel('In which place').selectOption({ label: 'Harbour School' });
  await page.getByLabel('Students at most').fill('4');
  await page.getByRole('button', { name: 'Add room' }).click();
  await expect(page.getByRole('link', { name: 'Laboratory' })).toBeVisible();
  await noSeriousFault(page);

  await page.goto('/office/sessions/new?mode=in_person');
  // The button that a page without its script has is gone: the form answers now.
  await expect(page.getByRole('button', { name: 'Check clashes and price' })).toHaveCount(0);
  await page.getByLabel('Room', { exact: true }).selectOption({ label: 'Laboratory, up to 4, Harbour School' });
  await expect(page.getByLabel('Place', { exact: true }).locator('option:checked')).toHaveText('Harbour School');
  await noSeriousFault(page);

  await page.goto('/office/settings/scheduling');
  await page.getByLabel('Notice, minutes before the start').fill('90');
  await expect(page.getByText('at least one hour 30 minutes before the start', { exact: false })).toBeVisible();
  await noSeriousFault(page);
  expect(errors).toEqual([]);
});
