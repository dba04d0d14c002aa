import type { ActionFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { checkInstant } from '../instant-pages/check-instant.server.ts';
import { instantStarter } from '../instant-pages/instant-starter.server.ts';

/** The dry run behind the form of a session that starts now: writes nothing, and says nothing until enough is chosen. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const form = await args.request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const office = text('by') === 'office' || !can(user, 'tutor.enter');
  const page = await instantStarter(args, office ? 'office' : 'tutor');
  const check = await checkInstant(page, {
    tutorId: text('tutorId'),
    studentId: text('studentIds'),
    programId: text('programId'),
    subjectId: text('subjectId'),
    durationMinutes: text('durationMinutes'),
    meetingInstallId: text('meetingInstallId'),
  });
  return Response.json({ check });
}
