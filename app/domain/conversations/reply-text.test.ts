import { expect, it } from 'vitest';
import { MOST_CHARACTERS } from './conversation-text.ts';
import { replyTextOf } from './reply-text.ts';

it.each([
  [
    'Gmail',
    'See you then!\n\nOn Tue, 3 Mar 2026 at 10:00, Harbour Tutoring <reply+x@reply.example> wrote:\n> Can you come?\n> Tess',
  ],
  [
    'a quotation’s head over two lines',
    'See you then!\n\nOn Tue, 3 Mar 2026 at 10:00, Harbour Tutoring\n<reply+x@reply.example> wrote:\n\n> Can you come?',
  ],
  [
    'Outlook',
    'See you then!\r\n\r\n________________________________\r\nFrom: Harbour <reply+x@reply.example>\r\nSent: Tuesday\r\n\r\nCan you come?',
  ],
  [
    'Outlook without a line',
    'See you then!\n\nFrom: Harbour <reply+x@reply.example>\nSent: Tuesday\nSubject: Re\n\nCan you come?',
  ],
  ['an older program', 'See you then!\n\n-----Original Message-----\nCan you come?'],
  [
    'a German one',
    'See you then!\n\nAm 03.03.2026 um 10:00 schrieb Harbour <reply+x@reply.example>:\n> Can you come?'.replace(
      'schrieb Harbour <reply+x@reply.example>:',
      'Harbour schrieb:',
    ),
  ],
  ['a signature', 'See you then!\n-- \nMary\n+353 1 234'],
  ['an answer below the quotation', 'On Tue, 3 Mar 2026 at 10:00, Tess wrote:\n> Can you come?\n\nSee you then!'],
  ['marks alone', '> Can you come?\nSee you then!'],
])('of %s only what was written is left', (_, mail) => {
  expect(replyTextOf(mail)).toBe('See you then!');
});

it('a text that merely mentions writing stays whole', () => {
  const text = 'On Monday he wrote a test.\nFrom: now on we practise daily.\n\nBest, Mary';
  expect(replyTextOf(text)).toBe(text);
});

it('what is longer than a message is cut, and says so', () => {
  const cut = replyTextOf('x'.repeat(MOST_CHARACTERS * 2));
  expect(cut).toHaveLength(MOST_CHARACTERS);
  expect(cut).toContain('[The rest was longer');
});

it.each([
  ['quotations', 'On a Tuesday Tess wrote:\n> Can you come?\nSee you then!\n'.repeat(20_000)],
  ['spaces', `On a Tuesday Tess wrote:\n> Can you come?\nwrote${' '.repeat(200_000)}x`],
])('a mail of nothing but %s is read at once', (_, mail) => {
  const began = performance.now();
  expect(replyTextOf(mail)).not.toContain('Can you come?');
  expect(performance.now() - began).toBeLessThan(2000);
});
