import { expect, it } from 'vitest';
import { bareAddress } from './incoming-mail.ts';
import { readIncoming } from './read-incoming.ts';

const json = (value: unknown) => readIncoming('application/json', new TextEncoder().encode(JSON.stringify(value)));
const form = (fields: Record<string, string>) =>
  readIncoming('application/x-www-form-urlencoded', new TextEncoder().encode(new URLSearchParams(fields).toString()));

const reply = {
  type: 'message',
  id: '<a@b>',
  from: 'Mary <mary@example.org>',
  to: ['reply+x@reply.example'],
  text: 'Hello',
  automatic: false,
};

it('our own shape is taken alone or as many', async () => {
  expect(await json(reply)).toEqual([reply]);
  expect(await json([reply, { type: 'complaint', address: 'mary@example.org' }])).toMatchObject([reply, { type: 'complaint' }]);
});

it('an inbound mail of Postmark is the same mail', async () => {
  const mail = {
    MessageID: '22c74902-a0c1-4511-804f2-341342852c90',
    From: 'mary@example.org',
    To: 'Harbour <reply+x@reply.example>',
    OriginalRecipient: 'reply+x@reply.example',
    TextBody: 'Hello',
    Headers: [{ Name: 'Message-ID', Value: '<a@b>' }],
  };
  expect(await json(mail)).toMatchObject([
    { type: 'message', id: '<a@b>', from: 'mary@example.org', text: 'Hello', automatic: false },
  ]);
  const away = { ...mail, Headers: [{ Name: 'Auto-Submitted', Value: 'auto-replied' }] };
  expect(await json(away)).toMatchObject([{ automatic: true }]);
});

it('what comes back to Postmark is hard only where there is no such mailbox', async () => {
  const bounce = { RecordType: 'Bounce', Type: 'HardBounce', Email: 'mary@example.org', MessageID: 'x', Details: 'no such user' };
  expect(await json(bounce)).toMatchObject([
    { type: 'bounce', kind: 'hard', address: 'mary@example.org', detail: 'no such user' },
  ]);
  expect(await json({ ...bounce, Type: 'SoftBounce' })).toMatchObject([{ kind: 'soft' }]);
  expect(await json({ ...bounce, RecordType: 'SpamComplaint' })).toMatchObject([{ type: 'complaint' }]);
});

it('a route of Mailgun is the same mail, its webhook the same bounce', async () => {
  const fields = { sender: 'mary@example.org', recipient: 'reply+x@reply.example', 'body-plain': 'Hello', 'Message-Id': '<a@b>' };
  expect(await form(fields)).toMatchObject([
    { type: 'message', id: '<a@b>', from: 'mary@example.org', to: ['reply+x@reply.example'] },
  ]);
  const away = { ...fields, 'message-headers': JSON.stringify([['Precedence', 'auto_reply']]) };
  expect(await form(away)).toMatchObject([{ automatic: true }]);
  const failed = {
    event: 'failed',
    severity: 'permanent',
    recipient: 'mary@example.org',
    message: { headers: { 'message-id': 'mail-1@host' } },
  };
  expect(await json({ 'event-data': failed })).toMatchObject([{ type: 'bounce', kind: 'hard', mail: 'mail-1@host' }]);
});

it.each([
  ['nothing', ''],
  ['no JSON', '{'],
  ['another thing', '{"hello":"world"}'],
  ['a number', '1'],
  ['a form in parts without any', '--x--'],
])('%s can’t be read, and breaks nothing', async (_, body) => {
  expect(await readIncoming('application/json', new TextEncoder().encode(body))).toBeUndefined();
  expect(await readIncoming('multipart/form-data; boundary=x', new TextEncoder().encode(body))).toBeUndefined();
});

it.each([
  ['Mary Quinn <Mary@Example.org>', 'mary@example.org'],
  ['"mary@evil.example" <mary@example.org>', 'mary@example.org'],
  ['mary@example.org', 'mary@example.org'],
  ['mary@example.org, john@example.org', ''],
  ['Mary', ''],
])('the address of %j is %j', (text, address) => {
  expect(bareAddress(text)).toBe(address);
});
