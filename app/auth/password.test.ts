import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password.server.ts';
import { passwordProblem } from './password-rules.ts';

describe('passwords', () => {
  it('are stored as argon2id, salted, and only the same password fits', async () => {
    const [first, second] = await Promise.all([hashPassword('a quiet green field'), hashPassword('a quiet green field')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await verifyPassword(first, 'a quiet green field')).toBe(true);
    expect(await verifyPassword(first, 'a quiet green fielD')).toBe(false);
  });

  it('nobody without a password gets in, with any password', async () => {
    expect(await verifyPassword(undefined, 'a quiet green field')).toBe(false);
    expect(await verifyPassword(undefined, '')).toBe(false);
  });

  it('the same letters typed on another keyboard are the same password', async () => {
    expect(await verifyPassword(await hashPassword('caf\u00e9 au lait!'), 'cafe\u0301 au lait!')).toBe(true);
  });

  it.each([
    ['too short', 'nine char'],
    ['one of the first guessed', 'Password123'],
    ['one letter again and again', 'aaaaaaaaaaaaaaa'],
    ['their own address', 'anna@brookfield.test'],
    ['their own address with a number', 'anna.brookfield99'],
    ['their own name', 'Anna Brookfield'],
    ['endless', 'ab1c'.repeat(60)],
  ])('refuses what is %s', (_, password) => {
    const about = ['Anna Brookfield', password.includes('@') ? 'anna@brookfield.test' : 'anna.brookfield@mail.test'];
    expect(passwordProblem(password, about)).toBeTypeOf('string');
  });

  it('accepts a few words, letters of any script, and spaces', () => {
    expect(passwordProblem('lectern-demo')).toBeUndefined();
    expect(passwordProblem('a quiet green field', ['Anna', 'anna@brookfield.test'])).toBeUndefined();
    expect(passwordProblem('zielona łąka nad rzeką')).toBeUndefined();
  });
});
