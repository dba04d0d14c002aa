import { type ActionFunctionArgs, type AppLoadContext, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { findReaderOfPerson } from '#app/domain/messages/preference-queries.server.ts';
import type { ReaderRole } from '#app/domain/messages/preferences.ts';
import { getClient, getStudent, getTutor } from '#app/domain/people/queries.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { PLACES } from '../person-pages/person-words.ts';
import { preferencesOf, savePreferencesForm } from './preferences-page.server.ts';

const GET = { client: getClient, student: getStudent, tutor: getTutor };

/** What somebody wants to be mailed, for the office: it sets it for who rings up. */
export async function loadPersonMails(args: LoaderFunctionArgs, type: ReaderRole) {
  await authorize(args, 'people.write');
  const id = recordIdOf(args.params);
  const { name } = await found<{ name: string }>(GET[type](args.context.db, id));
  return { name, back: `${PLACES[type].path}/${id}`, view: await mailWishesOf(args.context, { type, id }) };
}

export async function savePersonMails(args: ActionFunctionArgs, type: ReaderRole) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  await found<{ name: string }>(GET[type](context.db, id));
  const { addresses } = await findReaderOfPerson(context.db, { type, id });
  const said = { addresses, via: 'office' as const, about: { type, id } };
  const refused = await savePreferencesForm(context, actorOf(user, context), await request.formData(), said);
  return refused ?? redirect(`${PLACES[type].path}/${id}`);
}

export async function mailWishesOf(context: AppLoadContext, of: { type: ReaderRole; id: string }) {
  return preferencesOf(context, await findReaderOfPerson(context.db, of));
}
