import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { LANGUAGES } from '#emails/languages.ts';
import { languageFor, type MailOverride } from '#emails/override.ts';

export interface WrittenMail extends MailOverride {
  /** Of its row in mail_template_version. */
  id: string;
  locale: string;
}

/** Mails as administrators have written them, by template and lower-case language. */
export type MailOverrides = ReadonlyMap<string, ReadonlyMap<string, WrittenMail>>;

const kept = new WeakMap<Kysely<DB>, { rows: bigint; overrides: MailOverrides }>();

/**
 * What holds now, read anew where a version has been added since: rows are never changed, so that their number says it.
 * Give the process's own `db`, not a connection of it: what was read is kept by it.
 */
export async function getMailOverrides(db: Kysely<DB>): Promise<MailOverrides> {
  const { rows } = await db
    .selectFrom('mailTemplateVersion')
    .select(({ fn }) => fn.countAll<bigint>().as('rows'))
    .executeTakeFirstOrThrow();
  const known = kept.get(db);
  if (known?.rows === rows) return known.overrides;
  const overrides = rows === 0n ? new Map() : await readOverrides(db);
  kept.set(db, { rows, overrides });
  return overrides;
}

async function readOverrides(db: Kysely<DB>): Promise<MailOverrides> {
  const { rows } = await sql<WrittenMail & { template: string; isDefault: boolean }>`
    SELECT DISTINCT ON (template, locale) id, template, locale, is_default, subject, body, plain
    FROM mail_template_version ORDER BY template, locale, version DESC`.execute(db);
  const overrides = new Map<string, Map<string, WrittenMail>>();
  for (const { template, isDefault, ...written } of rows) {
    if (isDefault) continue;
    const languages = overrides.get(template) ?? new Map<string, WrittenMail>();
    overrides.set(template, languages.set(written.locale.toLowerCase(), written));
  }
  return overrides;
}

/** As what a mail goes to a reader of this language; undefined: as it ships. */
export function overrideFor(overrides: MailOverrides, template: string, locale: string): WrittenMail | undefined {
  const written = overrides.get(template);
  return written && languageFor(written, locale, (language) => Object.hasOwn(LANGUAGES, language));
}
