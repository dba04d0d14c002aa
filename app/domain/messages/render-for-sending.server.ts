import type { AppContext } from '#app/context.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import type { MailOverrides } from './mail-overrides.server.ts';
import { renderWrittenMail, type WrittenRendering } from './render-written-mail.server.ts';

/**
 * A mail as it is sent. Where an administrator's version can't be made a mail of, what ships goes out and the office gets a
 * task, once a version. Throws MailRenderError where the data don't fit.
 */
export async function renderForSending(
  ctx: Pick<AppContext, 'db' | 'clock' | 'log'>,
  overrides: MailOverrides,
  mail: { template: string; data: unknown },
): Promise<WrittenRendering> {
  const made = renderWrittenMail(overrides, mail);
  const { broken } = made;
  if (broken) {
    const { id, locale } = broken.written;
    ctx.log.error({ template: mail.template, locale, reason: broken.reason }, 'a mail went out as it ships');
    const body = `The mail “${mail.template}” (${locale}) went out as it ships, since yours can’t be used: ${broken.reason}`;
    try {
      await ctx.db
        .transaction()
        .execute((trx) => raiseTask(trx, ctx, { event: 'mail_broken', key: id, about: {}, body: body.slice(0, 500) }));
    } catch (error) {
      ctx.log.error({ err: error }, 'the office could not be told of a broken mail');
    }
  }
  return made;
}
