import { expect, it } from 'vitest';
import { LANGUAGES } from './languages.ts';
import { lintMail } from './lint-mail.ts';
import { languageFor, MAIL_LENGTHS, withFrame, withoutFrame } from './override.ts';
import { renderMail } from './render.ts';
import { shippedTexts } from './shipped.ts';
import { type MailTemplate, mailTemplates } from './templates.ts';

const names = Object.keys(mailTemplates) as MailTemplate[];

it.each(names)('%s says the same as it ships when an administrator saves it unchanged', (name) => {
  const { example } = mailTemplates[name];
  const shipped = renderMail(name, example);
  const own = renderMail(name, example, shippedTexts(name, 'en'));
  expect(own.subject).toBe(shipped.subject);
  expect(own.text).toBe(shipped.text);
  const words = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  expect(words(own.html)).toBe(words(shipped.html));
});

it.each(names)('%s can be saved as it ships in each language, with room to write, its words written out', (name) => {
  for (const locale of Object.keys(LANGUAGES)) {
    const texts = shippedTexts(name, locale);
    expect(lintMail(name, texts)).toEqual([]);
    for (const part of ['subject', 'body', 'plain'] as const) {
      expect(texts[part].length).toBeLessThan(MAIL_LENGTHS[part] / 2);
      expect(texts[part]).not.toContain('words.');
    }
  }
});

it('takes the frame away and puts it back', () => {
  const texts = withoutFrame({
    subject: 'Hi\n',
    body: '{{#> layout.mjml}}\nA\n{{/layout.mjml}}\n',
    text: 'A\n\n{{> footer.text}}\n',
  });
  expect(texts).toEqual({ subject: 'Hi', body: expect.stringMatching(/\{\{heading\}\}<\/mj-text>\nA$/), plain: 'A' });
  expect(withFrame(texts).text).toBe('A\n\n{{> footer.text}}\n');
});

it('a reader gets their language to the letter, then their language, then what ships in it, then English', () => {
  const ships = (language: string) => ['en', 'es'].includes(language);
  const written = new Map(['en', 'fr', 'fr-ca', 'pt-br'].map((locale) => [locale, locale]));
  const gets = (locale: string) => languageFor(written, locale, ships);
  expect(['fr-CA', 'fr-FR', 'pt-BR', 'pt-PT', 'en-GB', 'es-MX', 'de'].map(gets)).toEqual([
    ...['fr-ca', 'fr', 'pt-br'],
    ...['en', 'en', undefined, 'en'],
  ]);
});
