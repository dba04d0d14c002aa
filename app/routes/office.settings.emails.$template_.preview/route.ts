import type { ActionFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { previewMail } from '#app/domain/mail-templates/preview-mail.server.ts';
import { previewInput, readTyped } from '../office.settings.emails.$template/act.server.ts';
import { templateAt } from '../office.settings.emails.$template/find-template.server.ts';

/** What the mail looks like as it is typed; nothing is kept. */
export async function action(args: ActionFunctionArgs) {
  await authorize(args, 'mails.manage');
  const of = templateAt(args.params, args.request);
  const typed = readTyped(await args.request.formData());
  return Response.json({ check: await previewMail(args.context.db, previewInput(typed, of)) });
}
