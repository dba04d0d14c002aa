import type { AppLoadContext } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { familyOfUser } from '#app/auth/signed-in-user.ts';
import { readerFor } from './load-session.server.ts';

/** Whose sessions the family's pages show: of a client those of their children and of whom they care for, of a student their own. */
export async function familyOf(args: { request: Request; context: AppLoadContext }) {
  const user = await authorize(args, 'family.enter');
  const { organisation, reader } = await readerFor(user, args.context);
  const family = familyOfUser(user);
  return {
    user,
    organisation,
    reader,
    family,
    options: { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/family/sessions', family },
  };
}
