import { type Page, test } from '@playwright/test';
import { hashPassword } from '#app/auth/password.server.ts';
import { anEngagement, aUser } from '#tests/factories/index.ts';
import { aTutorAndAFamily, type Company, openCompany, PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

// Cameras and microphones that the browser makes up, and allows without a question.
test.use({
  actionTimeout: 20_000,
  launchOptions: async ({ launchOptions }, use) => {
    const fakes = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...fakes] });
  },
});

let company: Company;

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(() => company.close());

const PHONE = { width: 390, height: 844 };

/** A family whose tutor may start a session with them at once, and whose child signs in too. */
async function aPairThatKnowsEachOther() {
  const people = await aTutorAndAFamily(company, 'Ferris');
  const { db } = company;
  const id = (table: 'tutor' | 'student') =>
    db.selectFrom(table).select('id').where('lastName', '=', 'Ferris').executeTakeFirstOrThrow();
  const program = await db.selectFrom('program').select('id').where('name', '=', 'One-to-one').executeTakeFirstOrThrow();
  const subject = await db.selectFrom('subject').select('id').where('name', '=', people.subject).executeTakeFirstOrThrow();
  const [tutor, student] = [await id('tutor'), await id('student')];
  await anEngagement(db, { tutorId: tutor.id, studentId: student.id, programId: program.id, subjectId: subject.id });
  const child = await aUser(db, { email: 'mia.ferris@example.test', name: people.student, roles: ['student'] });
  await db
    .insertInto('userPassword')
    .values({ userId: child.id, hash: await hashPassword(PASSWORD) })
    .execute();
  await db.updateTable('student').set({ userId: child.id }).where('id', '=', student.id).execute();
  return { ...people, child: child.email };
}

const framesFrom = (page: Page, name: string) =>
  page
    .getByRole('figure', { name, exact: true })
    .locator('video')
    .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);

/** The picture moves: frames are shown, and more a moment later. */
async function seesMoving(page: Page, name: string) {
  await expect.poll(() => framesFrom(page, name), { message: `frames of ${name}` }).toBeGreaterThan(5);
  const before = await framesFrom(page, name);
  await expect.poll(() => framesFrom(page, name)).toBeGreaterThan(before);
}

async function write(page: Page, text: string) {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}

/** Cuts a page off from the classroom's server, and lets it back; the video between the two is not touched by it. */
async function lineOf(page: Page) {
  let cut = false;
  const open = new Set<() => void>();
  await page.routeWebSocket(/\/classroom\/.*\/socket$/, (socket) => {
    if (cut) {
      void socket.close({ code: 1012 });
      return;
    }
    const server = socket.connectToServer();
    open.add(() => {
      void socket.close({ code: 1012 });
      void server.close();
    });
  });
  return {
    cut() {
      cut = true;
      for (const close of open) close();
      open.clear();
    },
    mend() {
      cut = false;
    },
  };
}

test('tutor and student see and hear each other, are cut off and come back, and nobody else gets in', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const people = await aPairThatKnowsEachOther();
  const errors: string[][] = [];
  const as = async (email: string, phone = false) => {
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...(phone ? { viewport: PHONE } : {}) });
    const page = await context.newPage();
    errors.push(watchErrors(page));
    await signIn(page, email, PASSWORD);
    return page;
  };

  // From Start session to the door of the classroom.
  const tutor = await as(people.tutor.email);
  await tutor.goto('/tutor/sessions/instant');
  await tutor.getByLabel(people.student).check();
  await tutor.getByRole('button', { name: 'Start session' }).click();
  await expect(tutor).toHaveURL(/\/classroom\/[\da-f-]{36}$/);
  const path = new URL(tutor.url()).pathname;
  await expect(tutor.getByText('Recording is not offered', { exact: false })).toBeVisible();
  await expect(tutor.getByLabel('Camera', { exact: true })).toHaveValue(/.+/);
  await noSeriousFault(tutor);
  await tutor.getByRole('button', { name: 'Microphone on' }).click();
  await expect(tutor.getByRole('button', { name: 'Microphone off' })).toBeVisible();
  await tutor.getByRole('button', { name: 'Microphone off' }).click();
  await tutor.getByRole('button', { name: 'Enter the classroom' }).click();
  await expect(tutor.getByText('Nobody else is here yet.')).toBeVisible();
  await expect(tutor.getByText(/min left/)).toBeVisible();

  // The family joins from its own page, on a phone, and waits to be let in.
  const family = await as(people.client.email, true);
  const line = await lineOf(family);
  await family.goto('/family');
  await family.getByRole('link', { name: /^Join/ }).first().click();
  await expect(family).toHaveURL(new RegExp(`${path}$`));
  await noSeriousFault(family);
  await family.getByRole('button', { name: 'Enter the classroom' }).click();
  await expect(family.getByText('You are at the door')).toBeVisible();
  await tutor.getByRole('button', { name: 'Let in' }).click();
  await seesMoving(tutor, people.client.name);
  await seesMoving(family, people.tutor.name);
  await expect(tutor.getByText('Good connection')).toBeVisible();

  // Muting and the camera are seen on the other side.
  await tutor.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(family.getByRole('figure', { name: people.tutor.name }).getByLabel('Muted')).toBeVisible();
  await tutor.getByRole('button', { name: 'Unmute' }).click();
  await expect(family.getByRole('figure', { name: people.tutor.name }).getByLabel('Muted')).toBeHidden();
  await family.keyboard.press('v');
  await expect(family.getByRole('button', { name: 'Camera on' })).toBeVisible();
  await expect(tutor.getByRole('figure', { name: people.client.name }).locator('video')).toHaveAttribute('data-hidden', 'true');
  await family.keyboard.press('v');
  await seesMoving(tutor, people.client.name);

  // The chat, with what is unread counted while it is shut.
  await tutor.getByRole('button', { name: 'Chat' }).click();
  await write(tutor, 'Page 12, please');
  await expect(family.getByRole('button', { name: 'Chat, 1 unread' })).toBeVisible();
  await noSeriousFault(family);
  await family.getByRole('button', { name: 'Chat, 1 unread' }).click();
  await expect(family.getByRole('list', { name: 'Messages' })).toContainText('Page 12, please');
  await noSeriousFault(family);

  // Cut off from the server: the video goes on, and what is written meanwhile arrives once, when the line is back.
  line.cut();
  await expect(family.getByText('The line to Lectern is cut off')).toBeVisible();
  await write(family, 'I can still see you');
  await expect(family.getByText('On its way')).toBeVisible();
  await write(tutor, 'And I you');
  const during = await framesFrom(tutor, people.client.name);
  await expect.poll(() => framesFrom(tutor, people.client.name)).toBeGreaterThan(during);
  line.mend();
  await expect(family.getByText('The line to Lectern is cut off')).toBeHidden();
  for (const page of [tutor, family]) {
    const messages = page.getByRole('list', { name: 'Messages' });
    await expect(messages.getByText('I can still see you')).toHaveCount(1);
    await expect(messages.getByText('And I you')).toHaveCount(1);
  }
  await expect(family.getByText('On its way')).toBeHidden();

  // A page that is loaded anew is let in without a question, and the video comes back.
  await family.reload();
  await family.getByRole('button', { name: 'Enter the classroom' }).click();
  await seesMoving(family, people.tutor.name);
  await seesMoving(tutor, people.client.name);

  // Both places are taken: a third person, though of this session, is told so and sees nothing of the room.
  const child = await as(people.child);
  await child.goto(path);
  await child.getByRole('button', { name: 'Enter the classroom' }).click();
  await expect(child.getByRole('heading', { name: 'The classroom is full' })).toBeVisible();
  await expect(child.getByText('Page 12, please')).toHaveCount(0);
  await noSeriousFault(child);

  // The same person from another window: the first one says so, and takes the room back.
  const second = await family.context().newPage();
  await second.goto(path);
  await second.getByRole('button', { name: 'Enter the classroom' }).click();
  await expect(family.getByRole('heading', { name: 'The classroom is open in another window' })).toBeVisible();
  await family.getByRole('button', { name: 'Use it here' }).click();
  await seesMoving(family, people.tutor.name);
  await expect(second.getByRole('heading', { name: 'The classroom is open in another window' })).toBeVisible();
  await second.close();

  // Over for all: the tutor goes on to close out, the family back to the session.
  await tutor.getByRole('button', { name: 'Leave' }).click();
  await tutor.getByRole('button', { name: 'End for all' }).click();
  await expect(tutor.getByRole('link', { name: 'Close out the session' })).toBeVisible();
  await noSeriousFault(tutor);
  await expect(family.getByRole('heading', { name: 'This session is over' })).toBeVisible();
  await family.reload();
  await expect(family.getByRole('heading', { name: 'The classroom is closed' })).toBeVisible();
  expect(errors.flat()).toEqual([]);
});
