import { expect, test } from 'vitest';
import { guideParts } from './setup-guide.ts';

const addresses = { webhookUrl: 'https://desk.example/hooks/p/1', callbackUrl: 'https://desk.example/oauth/p/1' };

test('a step names this installation’s own addresses and what is typed at the provider', () => {
  expect(guideParts('Add `meeting.started`, send it to {webhookUrl}', addresses)).toEqual([
    { kind: 'text', text: 'Add ' },
    { kind: 'code', text: 'meeting.started' },
    { kind: 'text', text: ', send it to ' },
    { kind: 'address', text: addresses.webhookUrl },
  ]);
  expect(guideParts('{callbackUrl}', addresses)).toEqual([{ kind: 'address', text: addresses.callbackUrl }]);
});

test('anything else in braces, or a single backtick, is a text', () => {
  expect(guideParts('Keep {secret} and ` here', addresses)).toEqual([{ kind: 'text', text: 'Keep {secret} and ` here' }]);
});
