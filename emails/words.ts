import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';
import { emailsFolder } from './folder.ts';
import { languageOf } from './languages.ts';

/** A mail's words in its reader's language: the ICU message of a key, with its values put in. Throws for a key that isn't there. */
export type MailWords = (key: string, values?: Record<string, string | number | Date>) => string;

/**
 * The words of a mail (`emails/NAME/LANGUAGE.json`) and, for keys it doesn't have, of all mails
 * (`emails/partials/LANGUAGE.json`). In a language that a mail isn't written in, it is in English.
 */
export function wordsFor(name: string, locale: string): MailWords {
  const language = languageOf(locale);
  const messages = { ...messagesOf('partials', language), ...messagesOf(name, language) };
  const translate = createTranslator({
    locale: language,
    messages: messages as Record<string, string>,
    timeZone: 'UTC',
    onError(error) {
      throw error;
    },
  });
  return (key, values) => translate(key as never, values as never);
}

/** A place as it is stored, where it is one of ours in the reader's language. */
export function placeText(where: string, words: MailWords): string {
  return where === 'Online' ? words('online') : where;
}

/** The words that stand in a template as they are, by their key: labels of the frame and of facts. */
export function labelsFor(name: string, locale: string): Record<string, string> {
  const messages = { ...messagesOf('partials', languageOf(locale)), ...messagesOf(name, languageOf(locale)) };
  return Object.fromEntries(Object.entries(messages).filter(([, text]) => !/[{}<>]/.test(text)));
}

const known = new Map<string, Record<string, string>>();

function messagesOf(folder: string, language: string): Record<string, string> {
  const key = `${folder}/${language}`;
  const there = known.get(key);
  if (there) return there;
  const read = (file: string) =>
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : undefined;
  const messages = read(join(emailsFolder(), folder, `${language}.json`)) ?? read(join(emailsFolder(), folder, 'en.json')) ?? {};
  known.set(key, messages);
  return messages;
}
