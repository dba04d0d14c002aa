import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { decideApplicant, decideApplicantSchema } from '#app/domain/people/decide-applicant.server.ts';
import { inviteUser } from '#app/domain/people/invite-user.server.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';

/** The buttons of an applicant: what they answer stands on the tutor's page. */
export async function loader(args: ActionFunctionArgs) {
  await authorize(args, 'people.read');
  return redirect(`/office/tutors/${recordIdOf(args.params)}`);
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const tutorId = recordIdOf(args.params);
  const tutor = await found(getTutor(context.db, tutorId));
  const read = decideApplicantSchema.safeParse({ ...Object.fromEntries(await request.formData()), tutorId });
  if (!read.success) throw new Response('Nothing to do.', { status: 400 });
  const { to, invite } = read.data;
  const page = `/office/tutors/${tutorId}`;
  try {
    await decideApplicant(context.db, context, actorOf(user, context), read.data);
  } catch (error) {
    // Decided by somebody else meanwhile: the page shows how it stands.
    if (!isDomainError(error)) throw error;
    return redirect(page);
  }
  if (to !== 'onboarding' || !invite || !tutor.email || tutor.userEmail || !can(user, 'users.manage')) return redirect(page);
  try {
    const { email, name } = tutor;
    const link = { type: 'tutor', id: tutorId } as const;
    await inviteUser(context.db, context, actorOf(user, context), { email, name, roles: ['tutor'], link });
    return redirect(page);
  } catch (error) {
    // Taken on is taken on; the page says that no invitation went out.
    if (!isDomainError(error)) throw error;
    return redirect(`${page}?invited=no`);
  }
}
