import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emailsFolder } from './folder.ts';
import { type MailOverride, withoutFrame } from './override.ts';
import type { MailTemplate } from './templates.ts';
import { labelsFor } from './words.ts';

export interface MailFiles {
  subject: string;
  body: string;
  text: string;
}

/** A mail's templates as they lie in its folder. */
export function shippedFiles(name: string): MailFiles {
  const read = (file: string) => readFileSync(join(emailsFolder(), name, file), 'utf8');
  return { subject: read('subject.hbs'), body: read('body.mjml.hbs'), text: read('text.hbs') };
}

/**
 * What ships of a mail, as an administrator edits it: words that stand in it in every case are written out in the language
 * (`{{words.until}}` becomes "Until"), so that they are there to be changed.
 */
export function shippedTexts(name: MailTemplate, locale: string): MailOverride {
  const words = labelsFor(name, locale);
  const written = (source: string, safe: (word: string) => string) =>
    source.replaceAll(/\{\{(?:@root\.)?words\.(\w+)\}\}/g, (whole, key: string) => {
      const word = words[key];
      return word === undefined ? whole : safe(word);
    });
  const texts = withoutFrame(shippedFiles(name));
  return {
    subject: written(texts.subject, (word) => word),
    body: written(texts.body, (word) => word.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    plain: written(texts.plain, (word) => word),
  };
}
