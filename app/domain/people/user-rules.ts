import type { Role } from '#app/auth/roles.ts';

export interface RoleChange {
  /** Null: the command line or a job, which may do everything. */
  actor: { userId: string; roles: readonly Role[] } | null;
  userId: string | null;
  before: readonly Role[];
  after: readonly Role[];
}

/**
 * Why a change of roles is refused, or undefined. Nobody raises their own role, and only an owner touches owners.
 * That the last owner stays is checked where all owners are known.
 */
export function roleChangeProblem({ actor, userId, before, after }: RoleChange): string | undefined {
  if (after.length === 0) return 'Choose at least one role. To keep somebody out, disable them instead.';
  if (actor === null) return undefined;
  const isOwner = actor.roles.includes('owner');
  if (!isOwner && !actor.roles.includes('admin')) return 'Only owners and administrators change roles.';
  if (!isOwner && (before.includes('owner') || after.includes('owner'))) {
    return 'Only an owner can make or change an owner.';
  }
  const gained = after.filter((role) => !before.includes(role));
  if (actor.userId === userId && gained.length > 0 && !isOwner) {
    return 'You cannot give yourself a role. Ask an owner.';
  }
  return undefined;
}
