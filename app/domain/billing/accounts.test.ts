import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accounts } from './accounts.ts';

const codeOf = (ref: string) => accounts.receivable({ id: 'x', ref }, 'EUR').code;

it('two references never share an account, and an account name holds no blank, colon or quote', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('C', '1', ' ', '_', ':', '2', '0', 'é', '"') }),
      fc.string({ unit: fc.constantFrom('C', '1', ' ', '_', ':', '2', '0', 'é', '"') }),
      (a, b) => {
        expect(codeOf(a) === codeOf(b)).toBe(a === b);
        expect(codeOf(a)).toMatch(/^assets:receivable:[^\s:"]*$/);
      },
    ),
  );
  expect(codeOf('C001')).toBe('assets:receivable:C001');
});
