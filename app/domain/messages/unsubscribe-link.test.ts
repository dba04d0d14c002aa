import { expect, it } from 'vitest';
import { mailToken, preferencesUrl, readMailToken, unsubscribeHeaders } from './unsubscribe-link.server.ts';

const key = (fill: number) => ({ id: `k${fill}`, key: Buffer.alloc(32, fill) });
const config = { origin: 'https://lectern.example', keyRing: [key(1)] };
const link = { address: 'mary@example.org', kind: 'reminders' as const };

it('a link says whose mails and which, and nobody can write one for another address', () => {
  const token = mailToken(config, { ...link, address: 'Mary@Example.org' });
  expect(readMailToken(config, token)).toEqual(link);
  const forged = `${Buffer.from('reminders john@example.org').toString('base64url')}.${token.split('.')[1]}`;
  expect(readMailToken(config, forged)).toBeUndefined();
  for (const wrong of ['', 'x', `${token}x`, token.slice(1)]) expect(readMailToken(config, wrong)).toBeUndefined();
});

it('a link of before holds as long as its key is in the ring', () => {
  const old = mailToken(config, link);
  expect(readMailToken({ keyRing: [key(2), key(1)] }, old)).toEqual(link);
  expect(readMailToken({ keyRing: [key(2)] }, old)).toBeUndefined();
});

it('mails that can be declined say so to the mail program, others don’t', () => {
  const mail = { address: 'mary@example.org', template: 'credits-low' as const };
  expect(unsubscribeHeaders(config, mail)).toEqual({
    'List-Unsubscribe': `<${preferencesUrl(config, mail)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
  expect(unsubscribeHeaders(config, { ...mail, template: 'invoice' })).toEqual({});
});
