import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emailsFolder } from './folder.ts';
import { directionOf, LANGUAGES, type Language, languageOf } from './languages.ts';
import { renderMail } from './render.ts';
import { type MailTemplate, mailTemplates } from './templates.ts';

const names = Object.keys(mailTemplates) as MailTemplate[];
const others = Object.keys(LANGUAGES).filter((language) => language !== 'en') as Language[];
const wordsOf = (folder: string, language: string) =>
  JSON.parse(readFileSync(join(emailsFolder(), folder, `${language}.json`), 'utf8')) as Record<string, string>;
const example = (name: MailTemplate, over: object = {}) => ({ ...mailTemplates[name].example, ...over });
/** What a message takes: {name}, {count, plural, ...}. */
const argumentsOf = (message: string) =>
  [...new Set([...message.matchAll(/(?<!(?:one|two|few|other|new|move|=0) )\{(\w+)[,}]/g)].map((match) => match[1]))].sort();

describe.each(others)('in %s', (language) => {
  it.each([...names, 'partials'])('%s has every word that it has in English, with the same values in it', (folder) => {
    const english = wordsOf(folder, 'en');
    const translated = wordsOf(folder, language);
    expect(Object.keys(translated).sort()).toEqual(Object.keys(english).sort());
    for (const [key, message] of Object.entries(english))
      expect(argumentsOf(translated[key] ?? '')).toEqual(argumentsOf(message));
  });

  it.each(names)('%s is written to its reader in it', (name) => {
    const mail = renderMail(name, example(name, { locale: language }));
    const english = renderMail(name, example(name, { locale: 'en-US' }));
    expect(mail.text).not.toBe(english.text);
    expect(mail.html).toContain(`lang="${language}" dir="${directionOf(language)}"`);
    expect(mail.text).not.toMatch(/You get this mail|Hello /);
  });
});

it.each(names)('%s takes names as long as people have them', (name) => {
  const long = `${'Wolfeschlegelsteinhausenbergerdorff'.repeat(4)} Sr.`;
  const mail = renderMail(name, example(name, { recipient: { name: long, address: 'long@example.org' } }));
  expect(mail.html).toContain('word-break:break-word');
});

it('who reads a language that no mail is written in gets English, in the form of their own dates', () => {
  expect(languageOf('fr-CA')).toBe('en');
  expect(languageOf('es-MX')).toBe('es');
  expect(renderMail('session-confirmed', example('session-confirmed', { locale: 'de-DE' })).text).toContain('Hello Hannah');
});

it('nothing in a subject turns the direction of its text round', () => {
  const company = { name: 'gpj.\u202eevil', contact: null };
  expect(renderMail('reset', example('reset', { company })).subject).toBe('Choose a new password for gpj.evil');
});
