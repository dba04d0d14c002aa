import { type AppLoadContext, redirect } from '@remix-run/node';
import { sql } from 'kysely';

export interface SetUpState {
  needsOwner: boolean;
  needsCompany: boolean;
}

const done = new WeakSet<object>();

/** Once both are there it is never asked again: the last owner and the company can't go. */
export async function setUpState({ db }: Pick<AppLoadContext, 'db'>): Promise<SetUpState> {
  if (done.has(db)) return { needsOwner: false, needsCompany: false };
  const { rows } = await sql<SetUpState>`
    select not exists (select from users) as "needsOwner",
           not exists (select from organisation) as "needsCompany"`.execute(db.withoutPlugins());
  const state = rows[0] ?? { needsOwner: false, needsCompany: false };
  if (!state.needsOwner && !state.needsCompany) done.add(db);
  return state;
}

/** Sends to the first set-up while there is nobody who could sign in. */
export async function requireSetUp(context: Pick<AppLoadContext, 'db'>): Promise<void> {
  if ((await setUpState(context)).needsOwner) throw redirect('/setup');
}

/** An owner was made on the command line, the company is still to be named. */
export async function needsCompany(context: Pick<AppLoadContext, 'db'>): Promise<boolean> {
  return (await setUpState(context)).needsCompany;
}
