import { createUser } from '#app/domain/people/create-user.server.ts';
import { compose } from '#app/server/compose.ts';
import { createApp } from '#app/server/create-app.ts';
import { loadPages } from '#app/server/pages.ts';
import { serve } from '#app/server/serve.ts';
import { testConfig } from '#tests/setup/config.ts';
import type { Ground } from './ground.ts';

export const PASSWORD = 'bench only, nowhere else';

/** The built application over HTTP on a database of its own, and the cookie of a scheduler who has signed in. */
export async function serveAsScheduler(ground: Ground, name: string) {
  const url = await ground.database(name);
  const config = { ...testConfig(), databaseUrl: url, host: '127.0.0.1', port: 0, jobs: false };
  const context = await compose(config);
  const pages = await loadPages(config);
  const serving = await serve(createApp({ context, pages }), config);
  const origin = `http://127.0.0.1:${serving.port}`;
  const stop = async () => {
    await serving.stop();
    await pages.close();
    await context.close();
  };
  try {
    const scheduler = {
      email: 'scheduler@bench.test',
      name: 'Bench Scheduler',
      roles: ['scheduler' as const],
      password: PASSWORD,
    };
    await createUser(context.db, context, { userId: null, kind: 'system' }, scheduler);
    return { url, context, origin, cookie: await signIn(origin, scheduler.email), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The cookie of somebody with the bench's password. */
export async function signIn(origin: string, email: string): Promise<string> {
  const answer = await fetch(`${origin}/login`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ email, password: PASSWORD }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
  if (answer.status !== 302 || cookie.length === 0) throw new Error(`signing in was answered with ${answer.status}`);
  return cookie.join('; ');
}
