import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '#app/auth/roles.ts';
import { roleChangeProblem } from './user-rules.ts';

const roles = fc.subarray([...ROLES]);
const by = (userId: string, ...own: Role[]) => ({ userId, roles: own });

describe('changes of roles', () => {
  it('whoever is no owner can neither make, change nor unmake an owner', () => {
    fc.assert(
      fc.property(roles, roles, roles, (own, before, after) => {
        fc.pre(!own.includes('owner') && (before.includes('owner') || after.includes('owner')));
        expect(
          roleChangeProblem({
            actor: { userId: 'a', roles: own },
            userId: 'b',
            before,
            after,
          }),
        ).toBeTypeOf('string');
      }),
    );
  });

  it('nobody below an owner ends with a role they did not have', () => {
    fc.assert(
      fc.property(roles, roles, (own, after) => {
        fc.pre(!own.includes('owner') && after.some((role) => !own.includes(role)));
        expect(
          roleChangeProblem({
            actor: { userId: 'a', roles: own },
            userId: 'a',
            before: own,
            after,
          }),
        ).toBeTypeOf('string');
      }),
    );
  });

  it('schedulers, tutors and families change nobody', () => {
    for (const role of ['scheduler', 'tutor', 'client', 'student'] as const) {
      expect(
        roleChangeProblem({
          actor: by('a', role),
          userId: 'b',
          before: ['tutor'],
          after: ['client'],
        }),
      ).toBeTypeOf('string');
    }
  });

  it('an administrator makes administrators, an owner makes owners and may teach as well', () => {
    expect(
      roleChangeProblem({
        actor: by('a', 'admin'),
        userId: 'b',
        before: ['tutor'],
        after: ['admin'],
      }),
    ).toBeUndefined();
    expect(
      roleChangeProblem({
        actor: by('a', 'owner'),
        userId: 'b',
        before: [],
        after: ['owner'],
      }),
    ).toBeUndefined();
    expect(
      roleChangeProblem({
        actor: by('a', 'owner'),
        userId: 'a',
        before: ['owner'],
        after: ['owner', 'tutor'],
      }),
    ).toBeUndefined();
  });

  it('one may lay down a role of one’s own, but not the last', () => {
    expect(
      roleChangeProblem({
        actor: by('a', 'admin', 'tutor'),
        userId: 'a',
        before: ['admin', 'tutor'],
        after: ['admin'],
      }),
    ).toBeUndefined();
    expect(
      roleChangeProblem({
        actor: by('a', 'admin'),
        userId: 'a',
        before: ['admin'],
        after: [],
      }),
    ).toBeTypeOf('string');
  });
});
