/** A mail's texts as an administrator has written them: without the frame, which is added, so that it can't be lost. */
export interface MailOverride {
  subject: string;
  /** MJML with Handlebars: what stands in the card, the heading too. */
  body: string;
  /** The same as plain text; the company's lines at its end are added. */
  plain: string;
}

/** What is longer is no mail any more, but a mistake or an attack; characters. */
export const MAIL_LENGTHS = { subject: 300, body: 30_000, plain: 20_000 } as const;

const FRAME = /^\s*\{\{#> layout\.mjml\}\}\r?\n?([\s\S]*?)\s*\{\{\/layout\.mjml\}\}\s*$/;
const FOOTER = /\s*\{\{> footer\.text\}\}\s*$/;

const HEADING =
  '<mj-text css-class="ink" font-size="22px" line-height="29px" font-weight="650" padding-bottom="12px">{{heading}}</mj-text>';

/** The shipped files as an administrator edits them: the frame is taken away, the heading that it writes is put in. */
export function withoutFrame(files: { subject: string; body: string; text: string }): MailOverride {
  const inside = FRAME.exec(files.body)?.[1] ?? files.body;
  return { subject: files.subject.trim(), body: `${HEADING}\n${inside.trim()}`, plain: files.text.replace(FOOTER, '') };
}

/** The other way round. */
export function withFrame(override: MailOverride): { subject: string; body: string; text: string } {
  return {
    subject: override.subject,
    body: `{{#> layout.mjml}}\n${override.body}\n{{/layout.mjml}}`,
    text: `${override.plain.trimEnd()}\n\n{{> footer.text}}\n`,
  };
}

/**
 * Which of the languages that something is written in a reader of `locale` gets, the best first: theirs to the letter, their
 * language, then, where nothing ships in their language, English. Undefined: what ships.
 */
export function languageFor<T>(
  written: ReadonlyMap<string, T>,
  locale: string,
  ships: (language: string) => boolean,
): T | undefined {
  const language = locale.split('-')[0]?.toLowerCase() ?? '';
  const own = written.get(locale.toLowerCase()) ?? written.get(language);
  if (own !== undefined || ships(language)) return own;
  return written.get('en');
}
