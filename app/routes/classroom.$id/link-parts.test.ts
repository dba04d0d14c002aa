import { expect, test } from 'vitest';
import { linkParts } from './link-parts.ts';

test.each([
  ['no address at all', ['no address at all']],
  ['see https://example.test/a?b=c#d.', ['see ', '→https://example.test/a?b=c#d', '.']],
  ['(https://example.test) and HTTP://EXAMPLE.TEST/x', ['(', '→https://example.test', ') and ', '→HTTP://EXAMPLE.TEST/x']],
  ['javascript:alert(1) data:text/html,x https://', ['javascript:alert(1) data:text/html,x https://']],
  ['', []],
])('%j', (text, parts) => {
  expect(linkParts(text).map((part) => (part.href === undefined ? part.text : `→${part.href}`))).toEqual(parts);
});
