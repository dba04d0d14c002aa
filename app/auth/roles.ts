export const ROLES = ['owner', 'admin', 'scheduler', 'tutor', 'client', 'student'] as const;

export type Role = (typeof ROLES)[number];

export const OFFICE_ROLES: readonly Role[] = ['owner', 'admin', 'scheduler'];

export const ROLE_NAMES: Record<Role, string> = {
  owner: 'Owner',
  admin: 'Administrator',
  scheduler: 'Scheduler',
  tutor: 'Tutor',
  client: 'Client',
  student: 'Student',
};

export const ROLE_MEANINGS: Record<Role, string> = {
  owner: 'Everything, and the only one who can touch other owners',
  admin: 'The whole office: people, schedule, invoices, pay and settings',
  scheduler: 'People and schedule; no pay and no margins',
  tutor: 'Their own sessions, students and pay',
  client: 'Their family: sessions, notes, invoices and credits',
  student: 'Their own sessions and notes',
};

export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && (ROLES as readonly string[]).includes(value);
}

/** Roles in the order of ROLES, each once; whatever is no role is left out. */
export function orderRoles(values: readonly string[]): Role[] {
  return ROLES.filter((role) => values.includes(role));
}
