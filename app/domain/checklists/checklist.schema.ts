import { z } from 'zod';
import { freeText, recordId, requiredText, version } from '#app/domain/people/fields.ts';

/** What somebody goes through until they are at home here: a list for each role, made by the admin. Browser-safe. */
export const CHECKLIST_ROLES = ['tutor', 'client', 'student'] as const;
export type ChecklistRole = (typeof CHECKLIST_ROLES)[number];

export const roleNames: Record<ChecklistRole, { many: string; one: string }> = {
  tutor: { many: 'Tutors', one: 'tutor' },
  client: { many: 'Clients', one: 'client' },
  student: { many: 'Students', one: 'student' },
};

/** What is read from the records, for whom it makes sense, and where they do it themselves. */
export const FACTS = {
  signed_in: { label: 'Has accepted the invitation and signs in', roles: ['tutor', 'client', 'student'] },
  has_subjects: { label: 'Teaches at least one subject', roles: ['tutor'] },
  has_hours: { label: 'Has said when they can teach', roles: ['tutor'] },
  clearances_valid: { label: 'Has every required clearance', roles: ['tutor'] },
  has_room: { label: 'Has a room of their own for online sessions', roles: ['tutor'] },
  has_address: { label: 'Has given an address', roles: ['tutor', 'client'] },
  has_booking: { label: 'Has a first session', roles: ['tutor', 'client', 'student'] },
} as const satisfies Record<string, { label: string; roles: readonly ChecklistRole[] }>;
export type ChecklistFact = keyof typeof FACTS;

export const factsFor = (role: ChecklistRole): ChecklistFact[] =>
  (Object.keys(FACTS) as ChecklistFact[]).filter((fact) => (FACTS[fact].roles as readonly string[]).includes(role));

/** How it is done: ticked by the office or by the person, or read from the records. */
const how = z.union(
  [z.enum(['office', 'person']), z.enum(Object.keys(FACTS) as [ChecklistFact, ...ChecklistFact[]])],
  'Choose how it is done',
);

const values = {
  label: requiredText('Say what is to be done', 120),
  help: freeText(500),
  how,
};

export const checklistItemSchema = z
  .object({ ...values, role: z.enum(CHECKLIST_ROLES, 'Choose whose list it is') })
  .refine(({ role, how: way }) => way === 'office' || way === 'person' || factsFor(role).includes(way), {
    path: ['how'],
    message: 'This can’t be read of their records',
  });
export type ChecklistItemValues = z.output<typeof checklistItemSchema>;

export const checklistItemEditSchema = z.object({ ...values, id: recordId, version });
export type ChecklistItemEdit = z.output<typeof checklistItemEditSchema>;

export type How = ChecklistItemValues['how'];

export const howColumns = (way: How): { doneBy: 'office' | 'person' | null; fact: ChecklistFact | null } =>
  way === 'office' || way === 'person' ? { doneBy: way, fact: null } : { doneBy: null, fact: way };

/** What most companies ask for; an admin begins with it and changes it. */
export const USUAL_ITEMS: Record<ChecklistRole, { label: string; help: string; how: How }[]> = {
  tutor: [
    { label: 'Interview held', help: '', how: 'office' },
    { label: 'Contract signed', help: '', how: 'office' },
    { label: 'Sign in', help: 'With the link in the invitation.', how: 'signed_in' },
    { label: 'Say when you can teach', help: '', how: 'has_hours' },
    { label: 'Send in the clearances we need', help: '', how: 'clearances_valid' },
    { label: 'Read how we teach', help: '', how: 'person' },
    { label: 'First session', help: '', how: 'has_booking' },
  ],
  client: [
    { label: 'First call held', help: '', how: 'office' },
    { label: 'Sign in', help: 'With the link in the invitation.', how: 'signed_in' },
    { label: 'Terms agreed', help: '', how: 'office' },
    { label: 'First session', help: '', how: 'has_booking' },
  ],
  student: [{ label: 'First session', help: '', how: 'has_booking' }],
};
