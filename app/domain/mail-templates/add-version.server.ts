import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { ChangedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import type { DB } from '#db/types.ts';
import type { MailOverride } from '#emails/override.ts';
import type { MailTemplate } from '#emails/templates.ts';
import { versionsOf } from './queries.server.ts';

export interface NewVersion {
  template: MailTemplate;
  /** Language (BCP 47). */
  locale: string;
  /** The version that was edited; 0: what ships. */
  version: number;
  /** Null: back to what ships. */
  texts: MailOverride | null;
}

/**
 * One more version of a mail in a language, after the one that was edited; the same texts as hold already add none, so that a
 * form sent twice makes one. Returns the version that holds.
 * @throws DomainError conflict when somebody saved in between; its details are a ChangedMeanwhile
 */
export async function addVersion(
  trx: Transaction<DB>,
  actor: Actor,
  { template, locale, version, texts }: NewVersion,
): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`mail-template:${template}:${locale}`}, 0))`.execute(trx);
  const last = await versionsOf(trx, template, locale).executeTakeFirst();
  const same = texts
    ? last?.isDefault === false && (['subject', 'body', 'plain'] as const).every((part) => last[part] === texts[part])
    : (last?.isDefault ?? true);
  if (same) return last?.version ?? 0;
  if ((last?.version ?? 0) !== version) {
    const by = last?.name || last?.email || 'Somebody else';
    const details: ChangedMeanwhile = { version: last?.version ?? 0, by, at: last?.createdAt.toISOString() ?? null };
    throw new DomainError('conflict', `${by} changed this mail while you were editing it. Nothing of yours was saved yet.`, {
      details,
    });
  }
  const next = version + 1;
  await trx
    .insertInto('mailTemplateVersion')
    .values({ template, locale, version: next, isDefault: texts === null, ...texts, createdBy: actor.userId })
    .execute();
  await audit(trx, actor, {
    action: texts ? 'mail_template.save' : 'mail_template.reset',
    subjectType: 'mail_template',
    subjectId: null,
    after: { template, locale, version: next },
  });
  return next;
}
