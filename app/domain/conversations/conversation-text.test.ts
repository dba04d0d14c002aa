import { expect, it } from 'vitest';
import { bodySchema, excerptOf, MOST_CHARACTERS, partsOf } from './conversation-text.ts';

it('what was written is kept but for what is around it; nothing and too much is refused', () => {
  expect(bodySchema.parse('  one\r\ntwo \n')).toBe('one\ntwo');
  expect(bodySchema.safeParse(' \n ').error?.issues[0]?.message).toBe('Write something first');
  expect(bodySchema.safeParse('x'.repeat(MOST_CHARACTERS)).success).toBe(true);
  expect(bodySchema.safeParse('x'.repeat(MOST_CHARACTERS + 1)).success).toBe(false);
});

it('addresses of pages are links, without the sentence around them', () => {
  expect(partsOf('See https://example.org/a?b=c, or (http://example.org).')).toEqual([
    { text: 'See ' },
    { text: 'https://example.org/a?b=c', href: 'https://example.org/a?b=c' },
    { text: ', or (' },
    { text: 'http://example.org', href: 'http://example.org/' },
    { text: ').' },
  ]);
});

it.each(['javascript:alert(1)', 'data:text/html,x', 'mailto:a@example.org', '//example.org', 'https://', '<b>no</b>'])(
  '%j is text and no link',
  (text) => {
    expect(partsOf(text)).toEqual([{ text }]);
  },
);

it('a list shows the beginning in one line', () => {
  expect(excerptOf('Dear\n\nall')).toBe('Dear all');
  expect(excerptOf('x'.repeat(300))).toHaveLength(140);
});

it('a message of nothing but what ends sentences is read at once', () => {
  const began = performance.now();
  expect(partsOf(`https://x${')'.repeat(MOST_CHARACTERS - 9)}`)).toHaveLength(2);
  expect(partsOf(`https://x${'.'.repeat(4000)}a${')'.repeat(4000)}`)).toHaveLength(2);
  expect(performance.now() - began).toBeLessThan(500);
});
