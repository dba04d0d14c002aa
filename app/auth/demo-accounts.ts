import type { Role } from './roles.ts';

export const DEMO_PASSWORD = 'lectern-demo';

export interface DemoAccount {
  email: string;
  role: Role;
  /** What one sees as them, said on the sign-in page. */
  sees: string;
}

/** The accounts of the demo company, offered on its sign-in page. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { email: 'owner@demo.test', role: 'owner', sees: 'everything, users and settings included' },
  { email: 'admin@demo.test', role: 'admin', sees: 'invoices, pay and settings' },
  { email: 'scheduler@demo.test', role: 'scheduler', sees: 'people and the schedule' },
  { email: 'tutor@demo.test', role: 'tutor', sees: 'the day’s sessions and what to close out' },
  { email: 'family@demo.test', role: 'client', sees: 'a parent’s sessions, notes and invoices' },
  { email: 'student@demo.test', role: 'student', sees: 'a student’s own sessions' },
];
