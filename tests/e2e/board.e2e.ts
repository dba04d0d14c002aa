import { type Locator, type Page, test } from '@playwright/test';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import { aClient, aStudent, aTutor } from '#tests/factories/index.ts';
import { type Company, openCompany } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

let company: Company;
let errors: string[];
let zone: string;

test.beforeAll(async () => {
  company = await openCompany();
  zone = (await company.db.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow()).timezone;
});
test.afterAll(() => company.close());
test.beforeEach(async ({ page }) => {
  errors = watchErrors(page);
  await page.setViewportSize({ width: 1440, height: 900 });
});
test.afterEach(() => expect(errors).toEqual([]));

/** Two tutors and two students of a surname of their own, with nothing planned: the board is narrowed to them. */
async function aTeam(surname: string) {
  const { db } = company;
  const algebra = await db.selectFrom('subject').select('id').where('name', '=', 'Algebra').executeTakeFirstOrThrow();
  const tutor = (firstName: string) => aTutor(db, { firstName, lastName: surname, timezone: zone, subjectIds: [algebra.id] });
  const client = await aClient(db, { name: `Family ${surname}`, email: `${surname.toLowerCase()}@example.test` });
  const student = (firstName: string) => aStudent(db, { clientId: client.id, firstName, lastName: surname });
  return {
    ada: await tutor('Ada'),
    bo: await tutor('Bo'),
    mia: await student('Mia'),
    noa: await student('Noa'),
    client,
    subjectId: algebra.id,
  };
}

/** The Tuesday after next Monday: nobody's sessions of today are in the way. */
function aDayToPlan(): string {
  const today = new Date();
  const ahead = ((2 - today.getUTCDay() + 7) % 7) + 7;
  return new Date(today.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
}

const grid = (page: Page) => page.getByRole('grid');
const chip = (page: Page, name: string) => grid(page).locator('[data-session]').filter({ hasText: name });
const status = (page: Page) => page.locator('[data-said]');
const drawer = (page: Page) => page.locator('[data-drawer]');

/** The point of a tutor’s row at a minute of one of the days shown; scrolled to where it is out of sight. */
async function pointAt(page: Page, tutorId: string, day: number, minute: number): Promise<{ x: number; y: number }> {
  const cell = page.locator(`[data-cell="${tutorId}:${day}"]`);
  await cell.scrollIntoViewIfNeeded();
  return cell.evaluate((element, minute) => {
    const frame = element.closest<HTMLElement>('[role="grid"]');
    const names = element.parentElement?.querySelector<HTMLElement>('[role="rowheader"]');
    if (!frame || !names) throw new Error('no board');
    const [from, to] = [Number(frame.dataset.from), Number(frame.dataset.to)];
    const part = (minute - from) / (to - from);
    const place = () => {
      const box = element.getBoundingClientRect();
      return { x: box.left + part * box.width + 0.6, y: box.bottom - 5 };
    };
    const seen = { left: names.getBoundingClientRect().right + 20, right: frame.getBoundingClientRect().right - 60 };
    const { x } = place();
    if (x < seen.left) frame.scrollBy({ left: x - seen.left, behavior: 'instant' });
    if (x > seen.right) frame.scrollBy({ left: x - seen.right, behavior: 'instant' });
    return place();
  }, minute);
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
}

/** A session is drawn where it is on its way to at once, and where the server has it a moment later. */
async function drawnAt(page: Page, id: string, tutorId: string, hour: string) {
  const place = grid(page).locator(`[data-cell^="${tutorId}"] [data-session="${id}"]`);
  await expect(place).toHaveAttribute('aria-label', new RegExp(`^${hour}`));
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('not in sight');
  return { x: box.x + box.width / 3, y: box.y + box.height / 2 };
}

/** Fills in the short form in the drawer and books. */
async function book(page: Page, student: string) {
  await expect(drawer(page).getByLabel('Subject')).toBeVisible();
  await drawer(page).getByLabel('Program').selectOption({ label: 'One-to-one' });
  await drawer(page).getByLabel('Subject').selectOption({ label: 'Algebra' });
  await drawer(page).getByLabel('Find a student').fill(student);
  await drawer(page).getByRole('checkbox', { name: student }).check();
  await drawer(page).getByRole('button', { name: 'Book session' }).click();
  await expect(drawer(page)).toHaveCount(0);
  await expect(status(page)).toContainText(`${student} booked`);
}

const when = async (id: string) => {
  const session = await company.db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return {
    wall: instantToWall(session.startsAt, zone).slice(11),
    tutorId: session.tutorId,
    minutes: session.durationMinutes,
    status: session.status,
  };
};
const idOf = async (locator: Locator) => (await locator.getAttribute('data-session')) ?? '';

test('a scheduler’s morning by mouse', async ({ page }) => {
  const team = await aTeam('Mouser');
  const date = aDayToPlan();
  await signIn(page, 'scheduler@demo.test', 'lectern-demo');
  await page.goto('/office');
  await page.getByRole('link', { name: 'Board', exact: true }).click();
  await page.goto(`/office/board?date=${date}&view=day`);

  await test.step('1, 2: finds two tutors, and both are kept in the address', async () => {
    await page.getByLabel('Find a tutor').fill('Mouser');
    await expect(page).toHaveURL(/q=Mouser/);
    await expect(grid(page).getByRole('rowheader')).toHaveCount(2);
  });
  await test.step('3, 4: draws an hour on empty space and books it; another by the button of a row', async () => {
    await drag(page, await pointAt(page, team.ada.id, 0, 600), await pointAt(page, team.ada.id, 0, 662));
    await expect(page.getByText('New session · Ada Mouser')).toBeVisible();
    await page.mouse.up();
    await expect(drawer(page).getByLabel('Start')).toHaveValue('10:00');
    await noSeriousFault(page);
    await book(page, 'Mia Mouser');
    await grid(page).getByRole('button', { name: 'Book a session with Bo Mouser' }).click();
    await drawer(page).getByLabel('Start').fill('13:00');
    await book(page, 'Noa Mouser');
  });
  const mia = chip(page, 'Mia Mouser');
  const noa = chip(page, 'Noa Mouser');
  const [miaId, noaId] = [await idOf(mia), await idOf(noa)];
  await test.step('5: drags it to another time, and reads before letting go that nothing stands in the way', async () => {
    const { x } = await pointAt(page, team.ada.id, 0, 840);
    const from = await middleOf(mia);
    await drag(page, from, { x, y: from.y });
    await expect(page.getByText('Nothing stands in the way')).toBeVisible();
    await page.mouse.up();
    await expect(status(page)).toContainText('Mia Mouser moved to');
    await expect.poll(async () => (await when(miaId)).wall).not.toBe('10:00');
  });
  await test.step('6: takes it back by the button of the message', async () => {
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
    await expect(status(page)).toContainText('Undone');
    expect((await when(miaId)).wall).toBe('10:00');
    await drawnAt(page, miaId, team.ada.id, '10:00');
  });
  await test.step('7: is told that the other tutor is taken, drops it all the same, and it goes back', async () => {
    const [from, to] = [await middleOf(mia), await middleOf(noa)];
    await drag(page, from, { x: to.x, y: to.y });
    await expect(page.getByText(/tutor is already taken/).first()).toBeVisible();
    await page.mouse.up();
    await expect(page.getByText('Moved back.', { exact: true })).toBeVisible();
    expect(await when(miaId)).toMatchObject({ wall: '10:00', tutorId: team.ada.id });
    await drawnAt(page, miaId, team.ada.id, '10:00');
  });
  await test.step('8: drags it to the other tutor at its own time', async () => {
    const from = await middleOf(mia);
    await drag(page, from, { x: from.x, y: (await middleOf(noa)).y });
    await page.mouse.up();
    await expect(status(page)).toContainText('Bo Mouser');
    await expect.poll(async () => (await when(miaId)).tutorId).toBe(team.bo.id);
  });
  await test.step('9: makes it longer by its end', async () => {
    const grip = mia.locator('[data-grip]');
    const box = await grip.boundingBox();
    if (!box) throw new Error('no grip');
    await drag(page, { x: box.x + 3, y: box.y + 10 }, { x: box.x + 3 + 46, y: box.y + 10 });
    await page.mouse.up();
    await expect.poll(async () => (await when(miaId)).minutes).toBe(90);
  });
  await test.step('10, 11: picks both with Ctrl and moves them together', async () => {
    await mia.click({ modifiers: ['Control'] });
    await noa.click({ modifiers: ['Control'] });
    await expect(grid(page).locator('[aria-pressed="true"]')).toHaveCount(2);
    const before = [(await when(miaId)).wall, (await when(noaId)).wall];
    const from = await middleOf(mia);
    await drag(page, from, { x: from.x + 92, y: from.y });
    await page.mouse.up();
    await expect(status(page)).toContainText('2 sessions moved');
    expect(before).toEqual(['10:00', '13:00']);
    expect([(await when(miaId)).wall, (await when(noaId)).wall]).toEqual(['11:00', '14:00']);
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await expect.poll(async () => (await when(noaId)).wall).toBe('13:00');
    await drawnAt(page, noaId, team.bo.id, '1:00');
  });
  await test.step('12, 13: opens it, sees its facts, reschedules it by typing', async () => {
    await noa.click();
    await expect(page).toHaveURL(new RegExp(`session=${noaId}`));
    await expect(drawer(page).getByText('Algebra, One-to-one')).toBeVisible();
    await noSeriousFault(page);
    await drawer(page).getByRole('button', { name: 'Reschedule' }).click();
    await drawer(page).getByLabel('Start').fill('15:00');
    await drawer(page).getByRole('button', { name: 'Move session' }).click();
    await expect.poll(async () => (await when(noaId)).wall).toBe('15:00');
    await drawnAt(page, noaId, team.bo.id, '3:00');
  });
  await test.step('14, 15: books the same again by a copy', async () => {
    await drawer(page).getByRole('button', { name: 'Copy' }).click();
    const to = await pointAt(page, team.ada.id, 0, 1080);
    await page.mouse.move(to.x - 20, to.y - 10);
    await page.mouse.move(to.x, to.y);
    await page.mouse.click(to.x, to.y);
    await expect(status(page)).toContainText('Noa Mouser booked again');
    await expect(noa).toHaveCount(2);
  });
  await test.step('16, 17: cancels the copy with the consequence said first, and takes that back', async () => {
    await noa.first().click();
    await drawer(page).getByRole('button', { name: 'Cancel session' }).click();
    await expect(drawer(page).getByText(/is told by mail/)).toBeVisible();
    await drawer(page).getByRole('button', { name: 'Cancel the session' }).click();
    await expect(noa).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await expect(noa).toHaveCount(2);
  });
  await test.step('18, 19: colours by subject, in narrow rows, and keeps that as a view', async () => {
    await page.getByText('Show', { exact: true }).click();
    await page.getByLabel('Colour by').selectOption('subject');
    await page.getByLabel('Rows').selectOption('compact');
    await expect(page).toHaveURL(/colour=subject&density=compact/);
    await page.getByText('Views', { exact: true }).click();
    await page.getByLabel('Save what is shown as').fill('Mousers');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('link', { name: 'Mousers' })).toBeVisible();
    await page.keyboard.press('Escape');
  });
  await test.step('20: looks at the week, and goes back to the day', async () => {
    await page.getByRole('link', { name: 'Week', exact: true }).click();
    await expect(grid(page).getByRole('columnheader')).toHaveCount(8);
    await noSeriousFault(page);
    await page.goBack();
    await expect(grid(page).getByRole('columnheader')).toHaveCount(2);
  });
});

test('the same morning by keyboard alone', async ({ page }) => {
  const team = await aTeam('Keysmith');
  const date = aDayToPlan();
  await signIn(page, 'scheduler@demo.test', 'lectern-demo');
  await page.goto(`/office/board?date=${date}&view=day&q=Keysmith`);
  await expect(grid(page).getByRole('rowheader')).toHaveCount(2);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const bookByKeys = async (student: string) => {
    await expect(drawer(page).getByLabel('Subject')).toBeVisible();
    await drawer(page).getByLabel('Program').focus();
    await page.keyboard.type('One-to');
    await drawer(page).getByLabel('Subject').focus();
    await page.keyboard.type('Alg');
    await drawer(page).getByLabel('Find a student').focus();
    await page.keyboard.type(student);
    await press('Tab', 'Space');
    await drawer(page).getByRole('button', { name: 'Book session' }).focus();
    await press('Enter');
    await expect(status(page)).toContainText(`${student} booked`);
    // Until the drawer has gone and the session is drawn, the focus is on its way back.
    await expect(drawer(page)).toBeHidden();
    await expect(chip(page, student)).toBeVisible();
  };
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

  await test.step('1, 2: draws a session where the focus is, an hour on, and books it', async () => {
    await grid(page).locator('[tabindex="0"]').focus();
    await press('n');
    await expect(status(page)).toContainText('New session');
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter');
    await bookByKeys('Mia Keysmith');
  });
  await test.step('3, 4: goes to the next tutor and books there', async () => {
    await grid(page).locator('[tabindex="0"]').focus();
    await press('ArrowDown');
    expect(await focused()).toContain('Bo Keysmith');
    await press('n', 'PageDown', 'ArrowRight', 'Enter');
    await bookByKeys('Noa Keysmith');
  });
  const mia = chip(page, 'Mia Keysmith');
  const noa = chip(page, 'Noa Keysmith');
  const [miaId, noaId] = [await idOf(mia), await idOf(noa)];
  const start = (await when(miaId)).wall;
  await test.step('5: picks it up, moves it two steps on, hears what that means, puts it down', async () => {
    await mia.focus();
    await press('Enter');
    await expect(status(page)).toContainText('Picked up Mia Keysmith');
    await press('ArrowRight', 'ArrowRight');
    await expect(status(page)).toContainText('Nothing stands in the way');
    await press('Enter');
    await expect(status(page)).toContainText('moved to');
    expect((await when(miaId)).wall).not.toBe(start);
    expect(await focused()).toContain('Mia Keysmith');
  });
  await test.step('6: undoes it', async () => {
    await press('Control+z');
    await expect(status(page)).toContainText('Undone');
    expect((await when(miaId)).wall).toBe(start);
  });
  await test.step('7: picks it up and puts it back', async () => {
    await press('Space', 'ArrowDown', 'Escape');
    await expect(status(page)).toContainText('Put back');
    expect((await when(miaId)).tutorId).toBe(team.ada.id);
  });
  await test.step('8: gives it to the other tutor, later that day, and the focus goes with it', async () => {
    await press('Enter', 'ArrowDown', ...Array.from({ length: 16 }, () => 'ArrowRight'), 'Enter');
    await expect.poll(async () => (await when(miaId)).tutorId).toBe(team.bo.id);
    await expect.poll(focused).toContain('Mia Keysmith');
  });
  await test.step('9: makes it longer', async () => {
    await press('Shift+ArrowRight');
    await expect(status(page)).toContainText('Bo Keysmith');
    await press('Enter');
    await expect.poll(async () => (await when(miaId)).minutes).toBe(90);
  });
  await test.step('10, 11, 12: selects both, moves them together, undoes that', async () => {
    await press('x');
    await noa.focus();
    await press('x');
    await expect(status(page)).toContainText('2 selected');
    const before = [(await when(miaId)).wall, (await when(noaId)).wall];
    await press('Enter', 'ArrowRight', 'Enter');
    await expect(status(page)).toContainText('2 sessions moved');
    await press('Control+z');
    await expect.poll(async () => [(await when(miaId)).wall, (await when(noaId)).wall]).toEqual(before);
    await press('Escape');
    await expect(grid(page).locator('[aria-pressed="true"]')).toHaveCount(0);
  });
  await test.step('13, 14: copies it and books the same again with the other tutor', async () => {
    await noa.focus();
    await press('Control+c', 'Control+v', 'ArrowUp', ...Array.from({ length: 20 }, () => 'ArrowRight'), 'Enter');
    await expect(status(page)).toContainText('booked again');
    await expect(noa).toHaveCount(2);
  });
  await test.step('15, 16: opens one and closes it again; the focus is back on it', async () => {
    await noa.first().focus();
    await press('o');
    await expect(drawer(page)).toBeFocused();
    await press('Escape');
    await expect(drawer(page)).toHaveCount(0);
    await expect.poll(focused).toContain('Noa Keysmith');
  });
  await test.step('17, 18: cancels one with the consequence said first, and takes it back', async () => {
    await press('Delete');
    await expect(drawer(page).getByText(/is told by mail/)).toBeVisible();
    await drawer(page).getByRole('button', { name: 'Cancel the session' }).focus();
    await press('Enter');
    await expect(noa).toHaveCount(1);
    await noa.focus();
    await press('Control+z');
    await expect(noa).toHaveCount(2);
  });
  await test.step('19, 20: asks for the keys, then goes a day on and finds the tutors’ field', async () => {
    await noa.first().focus();
    await press('?');
    await expect(page.getByRole('dialog').getByText('Pick the session up', { exact: false })).toBeVisible();
    await press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await noa.first().focus();
    await press('.');
    await expect(page).not.toHaveURL(new RegExp(`date=${date}`));
    await grid(page).locator('[tabindex="0"]').focus();
    await press('/');
    await expect(page.getByLabel('Find a tutor')).toBeFocused();
  });
  await noSeriousFault(page);
});

test('what waits is dragged onto the board and accepted; who comes too late is told who was faster', async ({
  page,
  browser,
}) => {
  const team = await aTeam('Racer');
  const date = aDayToPlan();
  const program = await company.db.selectFrom('program').select('id').where('name', '=', 'One-to-one').executeTakeFirstOrThrow();
  const { id: requestId } = await company.db
    .insertInto('bookingRequest')
    .values({
      kind: 'new',
      source: 'family',
      clientId: team.client.id,
      studentId: team.mia.id,
      programId: program.id,
      subjectId: team.subjectId,
      zone,
      wallStart: `${date}T11:00`,
      startsAt: new Date(`${date}T11:00:00Z`),
      durationMinutes: 60,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await signIn(page, 'scheduler@demo.test', 'lectern-demo');
  await page.goto(`/office/board?date=${date}&view=day&q=Racer`);
  const card = page.locator(`[data-waiting="${requestId}"]`);
  await card.scrollIntoViewIfNeeded();
  await drag(page, await middleOf(card), await pointAt(page, team.bo.id, 0, 720));
  await expect(page.getByText('Mia Racer, Algebra · Bo Racer')).toBeVisible();
  await page.mouse.up();
  await expect(drawer(page).getByRole('heading', { name: 'Accept Mia Racer’s request' })).toBeVisible();
  await drawer(page).getByRole('button', { name: 'Book session' }).click();
  await expect(chip(page, 'Mia Racer')).toBeVisible();
  const request = await company.db
    .selectFrom('bookingRequest')
    .select('status')
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  expect(request.status).toBe('accepted');
  await expect(card).toHaveCount(0);

  const theirs = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await signIn(theirs, 'admin@demo.test', 'lectern-demo');
  await theirs.goto(`/office/board?date=${date}&view=day&q=Racer`);
  const id = await idOf(chip(theirs, 'Mia Racer'));
  // Keys are heard once the page's script is there.
  await expect(async () => {
    await theirs.keyboard.press('Escape');
    await grid(theirs).locator('[tabindex="0"]').focus();
    await chip(theirs, 'Mia Racer').focus();
    await theirs.keyboard.press('Enter');
    await expect(status(theirs)).toContainText('Picked up', { timeout: 2_000 });
  }).toPass();
  for (const key of ['ArrowUp', 'Enter']) await theirs.keyboard.press(key);
  await expect(status(theirs)).toContainText('moved to');
  await theirs.close();

  const from = await middleOf(chip(page, 'Mia Racer'));
  await drag(page, from, { x: from.x + 184, y: from.y });
  await page.mouse.up();
  await expect(page.getByText('Moved back.', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: /changed it first.*with Ada Racer/ })).toBeVisible();
  expect((await when(id)).tutorId).toBe(team.ada.id);
  await expect(chip(page, 'Mia Racer')).toBeVisible();
});

test('on a phone the day is a list, everything is done in the drawer, and nothing scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'scheduler@demo.test', 'lectern-demo');
  await page.goto('/office/board');
  await noSeriousFault(page);
  await grid(page).locator('[data-session]:visible').first().click();
  await expect(drawer(page).getByRole('link', { name: 'Open its page' })).toBeVisible();
  await noSeriousFault(page);
});
