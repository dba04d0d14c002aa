import { expect, it } from 'vitest';
import { mailTemplates } from '#emails/templates.ts';
import { isSent, MAIL_EVENTS, mailName } from './mail-events.ts';

it('every mail has a name of its own and says whom it is for', () => {
  const names = Object.keys(mailTemplates).map(mailName);
  expect(names.filter((name) => /^[a-z-]+$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  for (const [, event] of MAIL_EVENTS) expect(event.to).toEqual(expect.arrayContaining([...event.always]));
});

it('what is switched off for some goes to the others, and what must go can’t be switched off', () => {
  const off = ['session-confirmed:student', 'invoice:client', 'payment:client'];
  expect(isSent(off, 'session-confirmed', 'student')).toBe(false);
  expect(isSent(off, 'session-confirmed', 'client')).toBe(true);
  expect(isSent(off, 'invoice', 'client')).toBe(true);
  // A mail that doesn't say whom it is for means the first.
  expect(isSent(off, 'payment', undefined)).toBe(false);
});
