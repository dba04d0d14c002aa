import { type Kysely, sql } from 'kysely';
import { isId } from '#app/domain/is-id.ts';
import { getMailOverrides, overrideFor } from '#app/domain/messages/mail-overrides.server.ts';
import type { DB } from '#db/types.ts';
import type { MailOverride } from '#emails/override.ts';
import { shippedTexts } from '#emails/shipped.ts';
import { type MailTemplate, SECRET_TEMPLATES } from '#emails/templates.ts';
import { ships } from './mail-languages.ts';
import { type DiffLine, diffLines } from './text-diff.ts';

/** In which languages each mail is written by the company itself, by template. */
export async function listWrittenLanguages(db: Kysely<DB>): Promise<Map<string, string[]>> {
  const overrides = await getMailOverrides(db);
  return new Map(
    [...overrides].map(([template, languages]) => [template, [...languages.values()].map(({ locale }) => locale).sort()]),
  );
}

export interface EditedMail {
  /** The version that a change is made to; 0: none was ever saved. */
  version: number;
  /** Whether the company's own words hold now. */
  own: boolean;
  /** What holds: the company's words, or as it ships. */
  texts: MailOverride;
  shipped: MailOverride;
}

/** A mail in a language as it is edited. */
export async function getEditedMail(db: Kysely<DB>, template: MailTemplate, locale: string): Promise<EditedMail> {
  const last = await db
    .selectFrom('mailTemplateVersion')
    .select(['version', 'isDefault', 'subject', 'body', 'plain'])
    .where('template', '=', template)
    .where('locale', '=', locale)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  const shipped = shippedTexts(template, locale);
  const own = last !== undefined && !last.isDefault;
  const texts = own ? { subject: last.subject, body: last.body, plain: last.plain } : shipped;
  return { version: last?.version ?? 0, own, texts, shipped };
}

export interface TemplateVersion {
  version: number;
  isDefault: boolean;
  by: string;
  at: Date;
  /** Against the version before; of the first, against what ships now. */
  changes: { part: keyof MailOverride; lines: DiffLine[] }[];
}

/** The versions of a mail in a language with who made them, the newest first. */
export const versionsOf = (db: Kysely<DB>, template: string, locale: string) =>
  db
    .selectFrom('mailTemplateVersion')
    .leftJoin('users', 'users.id', 'mailTemplateVersion.createdBy')
    .select(['version', 'isDefault', 'subject', 'body', 'plain', 'mailTemplateVersion.createdAt', 'users.name', 'users.email'])
    .where('template', '=', template)
    .where('mailTemplateVersion.locale', '=', locale)
    .orderBy('version', 'desc');

/** The newest first. */
export async function listTemplateVersions(
  db: Kysely<DB>,
  template: MailTemplate,
  locale: string,
  { limit = 20 } = {},
): Promise<TemplateVersion[]> {
  const rows = await versionsOf(db, template, locale)
    .limit(limit + 1)
    .execute();
  const shipped = shippedTexts(template, locale);
  const textsOf = (row: (typeof rows)[number] | undefined): MailOverride => (row && !row.isDefault ? row : shipped);
  return rows.slice(0, limit).map((row, index) => ({
    version: row.version,
    isDefault: row.isDefault,
    by: row.name || row.email || 'Nobody any more',
    at: row.createdAt,
    changes: (['subject', 'body', 'plain'] as const)
      .map((part) => ({ part, lines: diffLines(textsOf(rows[index + 1])[part], textsOf(row)[part]) }))
      .filter(({ lines }) => lines.length > 0),
  }));
}

/** The texts of an older version, to be used again; undefined: it is not there, or was what ships. */
export async function findVersionTexts(
  db: Kysely<DB>,
  template: MailTemplate,
  locale: string,
  version: number,
): Promise<MailOverride | undefined> {
  return db
    .selectFrom('mailTemplateVersion')
    .select(['subject', 'body', 'plain'])
    .where('template', '=', template)
    .where('locale', '=', locale)
    .where('version', '=', version)
    .where('isDefault', '=', false)
    .executeTakeFirst();
}

export interface LanguageReaders {
  locale: string;
  /** How many people read it. */
  people: number;
  /** The language of the company's words they get; null: what ships. */
  gets: string | null;
  /** Where they get what ships: in their language, or for want of it in English. */
  shipsInIt: boolean;
}

/** Which languages people read mails in, and which of a mail's languages each gets. Who said nothing reads the company's. */
export async function listLanguageReaders(db: Kysely<DB>, template: MailTemplate): Promise<LanguageReaders[]> {
  const { rows } = await sql<{ locale: string; people: number }>`
    SELECT coalesce(p.locale, o.locale) AS locale, count(*)::int AS people
    FROM organisation o CROSS JOIN (
      SELECT locale FROM users WHERE disabled_at IS NULL
      UNION ALL SELECT locale FROM client WHERE user_id IS NULL AND archived_at IS NULL
      UNION ALL SELECT locale FROM student WHERE user_id IS NULL AND archived_at IS NULL
      UNION ALL SELECT locale FROM tutor WHERE user_id IS NULL AND archived_at IS NULL
    ) p
    GROUP BY 1 ORDER BY 2 DESC, 1`.execute(db);
  const overrides = await getMailOverrides(db);
  return rows.map(({ locale, people }) => ({
    locale,
    people,
    gets: overrideFor(overrides, template, locale)?.locale ?? null,
    shipsInIt: ships(locale),
  }));
}

export interface SentExample {
  id: string;
  to: string;
  at: Date;
}

/** The last mails of this kind, to look at a template with. None of those whose link opens an account. */
export async function listSentExamples(db: Kysely<DB>, template: MailTemplate): Promise<SentExample[]> {
  if (SECRET_TEMPLATES.includes(template)) return [];
  return db
    .selectFrom('mailMessage')
    .select(['id', 'toName as to', 'createdAt as at'])
    .where('template', '=', template)
    .where(sql<boolean>`NOT data ? 'trial' AND data ? 'recipient'`)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(8)
    .execute();
}

/** The data of one of these. */
export async function findExampleData(db: Kysely<DB>, template: MailTemplate, id: string): Promise<unknown> {
  if (SECRET_TEMPLATES.includes(template) || !isId(id)) return undefined;
  const row = await db
    .selectFrom('mailMessage')
    .select('data')
    .where('id', '=', id)
    .where('template', '=', template)
    .where(sql<boolean>`NOT data ? 'trial'`)
    .executeTakeFirst();
  return row?.data;
}
