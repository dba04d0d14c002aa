import { expect, it } from 'vitest';
import { guestSchema } from './guest.schema.ts';

it('a guest’s names are one line, whatever was pasted into them', () => {
  const typed = { name: 'Eve\r\nBcc: x@example.org', email: 'eve@example.org', phone: '', student: 'Kid\nTwo', grade: '7\t' };
  expect(guestSchema.parse(typed)).toMatchObject({ name: 'Eve Bcc: x@example.org', student: 'Kid Two', grade: '7' });
});
