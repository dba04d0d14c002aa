import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { Engine } from 'mrml';
import type { CalendarFile } from './calendar-file.ts';
import { emailsFolder } from './folder.ts';
import { directionOf } from './languages.ts';
import { type AnyMailTemplate, isMailTemplate, mailTemplates } from './templates.ts';
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
 * Template and data in, mail out: no clock, no network, the same result each time.
 * Throws MailRenderError where the data don't fit the template's schema.
 */
export function renderMail(name: string, data: unknown): RenderedMail {
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
    link: string;
    locale: string;
  };
  const values = {
    company: facts.company,
    link: facts.link,
    language: facts.locale.split('-')[0] || 'en',
    direction: directionOf(facts.locale),
    words: labelsFor(name, facts.locale),
    ...template.view(parsed.data as never, wordsFor(name, facts.locale)),
  };
  const compiled = compile(name);
  const subject = oneLine(compiled.subject(values));
  const mjml = compiled.body({ ...values, subject });
  return {
    subject,
    html: toHtml(name, mjml),
    text: tidy(compiled.text(values)),
    ...(template.calendar ? { calendar: template.calendar(parsed.data as never) } : {}),
  };
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
  const folder = join(emailsFolder(), name);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const compiled = {
    subject: compileTemplate(read('subject.hbs'), 'text'),
    body: compileTemplate(read('body.mjml.hbs'), 'markup'),
    text: compileTemplate(read('text.hbs'), 'text'),
  };
  compiledByName.set(name, compiled);
  return compiled;
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
   mj-text mj-button mj-table meta a br em s strong tr td`.split(/\s+/),
);

let engine: Engine | undefined;

function toHtml(name: string, mjml: string): string {
  // mrml passes over tags it doesn't know, so a misspelt one would be a hole in the mail.
  for (const [, tag] of mjml.matchAll(/<\/?([a-z][\w-]*)/gi)) {
    if (!MARKUP.has(tag ?? '')) {
      throw new MailRenderError('bad_template', `The mail "${name}" uses <${tag}>, which is not allowed.`);
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

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line break here would begin a header
  return text.replaceAll(/[\u0000-\u001f\u007f\u0085\u2028\u2029\s]+/g, ' ').trim();
}

function tidy(text: string): string {
  return `${text.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`;
}
