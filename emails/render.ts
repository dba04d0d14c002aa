import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { Engine } from 'mrml';
import type { CalendarFile } from './calendar-file.ts';
import { emailsFolder } from './folder.ts';
import { directionOf } from './languages.ts';
import { lintTemplate } from './lint-template.ts';
import { MAIL_LENGTHS, type MailOverride, withFrame, withoutFrame } from './override.ts';
import { type MailFiles, shippedFiles } from './shipped.ts';
import { type AnyMailTemplate, isMailTemplate, type MailTemplate, mailTemplates } from './templates.ts';
import { labelsFor, wordsFor } from './words.ts';

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
  calendar?: CalendarFile;
}

export type MailErrorCode = 'unknown_template' | 'bad_data' | 'bad_template';

/** A mail that no retry can mend: its template or its data is wrong. */
export class MailRenderError extends Error {
  readonly code: MailErrorCode;
  constructor(code: MailErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MailRenderError';
    this.code = code;
  }
}

/**
 * Template and data in, mail out: no clock, no network, the same result each time. With `override` in the words of an
 * administrator instead of those that ship.
 * Throws MailRenderError where the data don't fit the template's schema, or where the template can't be made a mail of.
 */
export function renderMail(name: string, data: unknown, override?: MailOverride): RenderedMail {
  const { name: known, template, parsed, values } = valuesOf(name, data);
  const compiled = override ? compileOverride(known, override) : compile(name);
  const all = { ...values, ownHeading: override !== undefined };
  try {
    const subject = oneLine(sized(compiled.subject(all)));
    return {
      subject,
      html: toHtml(name, sized(compiled.body({ ...all, subject }))),
      text: tidy(sized(compiled.text(all))),
      ...(template.calendar ? { calendar: template.calendar(parsed as never) } : {}),
    };
  } catch (error) {
    if (error instanceof MailRenderError) throw error;
    engine = undefined;
    throw new MailRenderError('bad_template', `The mail "${name}" can't be made: ${(error as Error).message}`, { cause: error });
  }
}

/** What a template of this mail can name, with the values of these data. Throws MailRenderError for data that don't fit. */
export function mailValues(name: string, data: unknown): Record<string, unknown> {
  return valuesOf(name, data).values;
}

function valuesOf(name: string, data: unknown) {
  if (!isMailTemplate(name)) {
    throw new MailRenderError('unknown_template', `There is no mail called "${name}".`);
  }
  const template: AnyMailTemplate = mailTemplates[name];
  const parsed = template.schema.safeParse(data);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`);
    throw new MailRenderError('bad_data', `The data of "${name}" don't fit: ${problems.join('; ')}`);
  }
  const facts = parsed.data as {
    company: { name: string; contact: string | null };
    recipient: { name: string };
    link: string;
    locale: string;
    manage?: string | null;
  };
  const values: Record<string, unknown> = {
    company: facts.company,
    recipient: { name: facts.recipient.name },
    link: facts.link,
    manage: facts.manage ?? null,
    language: facts.locale.split('-')[0] || 'en',
    direction: directionOf(facts.locale),
    start: directionOf(facts.locale) === 'rtl' ? 'right' : 'left',
    words: labelsFor(name, facts.locale),
    ...template.view(parsed.data as never, wordsFor(name, facts.locale)),
  };
  return { name, template, parsed: parsed.data, values };
}

interface Compiled {
  subject: Handlebars.TemplateDelegate;
  body: Handlebars.TemplateDelegate;
  text: Handlebars.TemplateDelegate;
}

const compiledByName = new Map<string, Compiled>();

function compile(name: string): Compiled {
  const known = compiledByName.get(name);
  if (known) return known;
  const compiled = compileFiles(shippedFiles(name));
  compiledByName.set(name, compiled);
  return compiled;
}

const compiledOverrides = new WeakMap<MailOverride, Compiled>();

function compileOverride(name: MailTemplate, override: MailOverride): Compiled {
  const known = compiledOverrides.get(override);
  if (known) return known;
  for (const part of ['subject', 'body', 'plain'] as const) {
    const kind = part === 'body' ? 'markup' : 'text';
    const [problem] = lintTemplate(override[part], { kind, maxLength: MAIL_LENGTHS[part], partials: partialsOf(name, part) });
    if (problem) throw new MailRenderError('bad_template', `Line ${problem.line} of its ${part}: ${problem.text}`);
  }
  const compiled = compileFiles(withFrame(override));
  compiledOverrides.set(override, compiled);
  return compiled;
}

/** The parts of several mails that this one may use: the button, and what it ships with. */
export function partialsOf(name: MailTemplate, part: keyof MailOverride): Set<string> {
  const used = [...withoutFrame(shippedFiles(name))[part].matchAll(/\{\{> ([\w.-]+)\}\}/g)].map((match) => match[1] ?? '');
  return new Set(part === 'body' ? ['button.mjml', ...used] : used);
}

function compileFiles(files: MailFiles): Compiled {
  return {
    subject: compileTemplate(files.subject, 'text'),
    body: compileTemplate(files.body, 'markup'),
    text: compileTemplate(files.text, 'text'),
  };
}

/**
 * Handlebars that can't run code: nothing unescaped in markup, unknown names and helpers refused.
 * @internal shown to tests
 */
export function compileTemplate(source: string, kind: 'markup' | 'text'): Handlebars.TemplateDelegate {
  refuseRaw(source);
  return environment().compile(source, {
    strict: true,
    noEscape: kind === 'text',
    knownHelpersOnly: true,
    knownHelpers: { if: true, unless: true, each: true },
  });
}

let handlebars: typeof Handlebars | undefined;

// An environment of our own: partials of other libraries in the process can't be reached.
function environment(): typeof Handlebars {
  if (handlebars) return handlebars;
  handlebars = Handlebars.create();
  const folder = join(emailsFolder(), 'partials');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.hbs'))) {
    const source = readFileSync(join(folder, file), 'utf8');
    refuseRaw(source);
    handlebars.registerPartial(file.replace(/\.hbs$/, ''), source);
  }
  return handlebars;
}

function refuseRaw(source: string): void {
  if (/\{\{~?[{&]/.test(source)) {
    throw new MailRenderError('bad_template', 'A template must not write unescaped text ({{{ or {{&).');
  }
}

const MARKUP = new Set(
  `mjml mj-head mj-title mj-preview mj-attributes mj-all mj-raw mj-style mj-body mj-section mj-column
   mj-text mj-button mj-table mj-divider mj-spacer meta a b br em i li ol p s span strong td th tr u ul`.split(/\s+/),
);

let engine: Engine | undefined;

function toHtml(name: string, mjml: string): string {
  // mrml passes over tags it doesn't know, so a misspelt one would be a hole in the mail.
  for (const [, tag] of mjml.matchAll(/<\/?([a-z][\w-]*)/gi)) {
    if (!MARKUP.has(tag ?? '')) {
      throw new MailRenderError('bad_template', `The mail "${name}" uses <${tag}>, which is not allowed.`);
    }
  }
  for (const [, href = ''] of mjml.matchAll(/\shref\s*=\s*"([^"]*)"/gi)) {
    if (!/^(https?:\/\/|mailto:|$)/i.test(href)) {
      throw new MailRenderError('bad_template', `The mail "${name}" has a link that leads nowhere on the web.`);
    }
  }
  if (!engine) {
    engine = new Engine();
    engine.setRenderOptions({ disableComments: true, socialIconOrigin: null, fonts: {} });
  }
  const result = engine.toHtml(mjml);
  if (result.type === 'error') {
    throw new MailRenderError('bad_template', `The mail "${name}" is not valid MJML: ${result.message}`);
  }
  return result.content;
}

/** A mail that a loop made endless is none. */
function sized(text: string): string {
  if (text.length > 1_000_000) throw new MailRenderError('bad_template', 'The mail becomes too long.');
  return text;
}

function oneLine(text: string): string {
  // What turns the direction of text round would let a subject read as another.
  const plain = text.replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line break here would begin a header
  return plain.replaceAll(/[\u0000-\u001f\u007f\u0085\u2028\u2029\s]+/g, ' ').trim();
}

function tidy(text: string): string {
  return `${text.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`;
}
