import { OFFICE_ROLES, type Role } from './roles.ts';
import type { SignedInUser } from './signed-in-user.ts';

export type Subject =
  | {
      type: 'session';
      tutorId: string | null;
      clientIds: readonly string[];
      studentIds: readonly string[];
    }
  | { type: 'client'; clientId: string }
  | { type: 'tutor'; tutorId: string }
  | { type: 'student'; studentId: string; clientId: string | null }
  /** A student, with whoever teaches them at this moment. */
  | { type: 'pupil'; studentId: string; clientId: string | null; tutorIds: readonly string[] }
  /** Between a tutor and the family of one student. */
  | { type: 'conversation'; tutorId: string; studentId: string; clientId: string | null }
  | { type: 'engagement'; tutorId: string; clientId: string; studentId: string }
  | {
      type: 'booking-request';
      /** Who asked, and who answers. */
      source: 'family' | 'storefront' | 'tutor';
      routedTo: 'office' | 'tutor';
      tutorId: string | null;
      clientId: string;
      studentId: string;
    }
  /** A note or a file: with whom it is shared, and who they are at this moment. */
  | {
      type: 'shared';
      visibility: 'admins' | 'office' | 'tutor' | 'family';
      tutorIds: readonly string[];
      clientIds: readonly string[];
      studentIds: readonly string[];
    }
  | { type: 'user'; userId: string; roles: readonly Role[] };

type Rule = (user: SignedInUser, subject: Subject | undefined) => boolean;

const ADMINS: readonly Role[] = ['owner', 'admin'];

function holds(user: SignedInUser, roles: readonly Role[]): boolean {
  return user.roles.some((role) => roles.includes(role));
}

const office: Rule = (user) => holds(user, OFFICE_ROLES);
const admins: Rule = (user) => holds(user, ADMINS);
const anyone: Rule = () => true;

/** The tutor of the session, or the tutor the record is about. */
const itsTutor: Rule = (user, subject) =>
  holds(user, ['tutor']) &&
  user.tutorId !== null &&
  (subject?.type === 'session' || subject?.type === 'tutor' || subject?.type === 'engagement') &&
  subject.tutorId === user.tutorId;

const itsClient: Rule = (user, subject) => {
  if (!holds(user, ['client'])) return false;
  if (subject?.type === 'client') return user.clientIds.includes(subject.clientId);
  return false;
};

/** The family of a session: its clients, their children who are in it, a student in it. They plan, and it costs them. */
const itsFamily: Rule = (user, subject) => {
  if (subject?.type !== 'session') return false;
  if (holds(user, ['client']) && subject.clientIds.some((id) => user.clientIds.includes(id))) return true;
  return holds(user, ['client', 'student']) && subject.studentIds.some((id) => user.studentIds.includes(id));
};

/** Who cares for a student while somebody else pays. */
const guards = (user: SignedInUser, studentIds: readonly string[]) =>
  holds(user, ['client']) && studentIds.some((id) => user.guardedIds.includes(id));

const itsGuardian: Rule = (user, subject) => subject?.type === 'session' && guards(user, subject.studentIds);

/** The family of an engagement. */
const itsPair: Rule = (user, subject) => {
  if (subject?.type !== 'engagement') return false;
  return ofFamily(user, subject);
};

function ofFamily(user: SignedInUser, of: { clientId: string; studentId: string }): boolean {
  if (holds(user, ['client']) && user.clientIds.includes(of.clientId)) return true;
  return holds(user, ['client', 'student']) && user.studentIds.includes(of.studentId);
}

const ownTutor = (user: SignedInUser, tutorId: string | null) =>
  holds(user, ['tutor']) && user.tutorId !== null && tutorId === user.tutorId;

/** The tutor a request was routed to. */
const itsAnswerer: Rule = (user, subject) =>
  subject?.type === 'booking-request' && subject.routedTo === 'tutor' && ownTutor(user, subject.tutorId);

/** Who asked: the family, or the tutor. */
const itsAsker: Rule = (user, subject) => {
  if (subject?.type !== 'booking-request') return false;
  return subject.source === 'tutor' ? ownTutor(user, subject.tutorId) : ofFamily(user, subject);
};

/** The family of a student: who pays for them, and the student. */
const itsChild: Rule = (user, subject) =>
  subject?.type === 'student' && ofFamily(user, { clientId: subject.clientId ?? '', studentId: subject.studentId });

/** The family of a student or a conversation, and who cares for the student while somebody else pays. */
const itsPeople: Rule = (user, subject) =>
  (subject?.type === 'pupil' || subject?.type === 'conversation') &&
  (ofFamily(user, { clientId: subject.clientId ?? '', studentId: subject.studentId }) || guards(user, [subject.studentId]));

const itsTeacher: Rule = (user, subject) => {
  if (subject?.type === 'pupil') return subject.tutorIds.some((id) => ownTutor(user, id));
  return subject?.type === 'conversation' && ownTutor(user, subject.tutorId);
};

/** Owner and admin see all of it, a scheduler what is the whole office's, tutors and families what is shared with them. */
const sharedWith: Rule = (user, subject) => {
  if (subject?.type !== 'shared') return false;
  if (holds(user, ADMINS)) return true;
  if (subject.visibility === 'admins') return false;
  if (holds(user, OFFICE_ROLES)) return true;
  if (subject.visibility === 'tutor') return subject.tutorIds.some((id) => ownTutor(user, id));
  if (subject.visibility !== 'family') return false;
  if (holds(user, ['client']) && subject.clientIds.some((id) => user.clientIds.includes(id))) return true;
  if (guards(user, subject.studentIds)) return true;
  return holds(user, ['client', 'student']) && subject.studentIds.some((id) => user.studentIds.includes(id));
};

/** In the office, and never what only owner and admin see. */
const officeOnShared: Rule = (user, subject) => holds(user, OFFICE_ROLES) && (subject === undefined || sharedWith(user, subject));

/** Only an owner touches an owner. */
const mayManageUser: Rule = (user, subject) => {
  if (!admins(user, subject)) return false;
  if (subject === undefined) return true;
  if (subject.type !== 'user') return false;
  return user.roles.includes('owner') || !subject.roles.includes('owner');
};

const any =
  (...rules: Rule[]): Rule =>
  (user, subject) =>
    rules.some((rule) => rule(user, subject));

const RULES = {
  'account.self': anyone,
  'office.enter': office,
  'tutor.enter': (user) => holds(user, ['tutor']),
  'family.enter': (user) => holds(user, ['client', 'student']),

  'organisation.manage': admins,
  'plugins.manage': admins,
  'users.manage': mayManageUser,
  'audit.read': admins,
  'api.manage': admins,

  'people.read': office,
  'people.write': office,
  'people.merge': admins,
  'file.read': sharedWith,
  'file.write': officeOnShared,
  'note.read': sharedWith,
  'note.write': officeOnShared,
  'people.erase': admins,
  'program.write': admins,
  // A scheduler tells families the price at booking; what a tutor earns stays with the administrators.
  'rates.charge.read': office,
  'rates.pay.read': admins,
  'rates.manage': admins,

  'session.list': office,
  'session.book': office,
  'session.edit': office,
  'session.cancel': office,
  'session.read': any(office, itsTutor, itsFamily, itsGuardian),
  'session.join': any(office, itsTutor, itsFamily, itsGuardian),
  'session.ask': any(itsFamily, itsGuardian),
  'place-offer.answer': itsChild,
  'session.plan': any(office, itsTutor),
  // Whether at once or by asking, the rules of planning say.
  'session.replan': any(itsTutor, itsFamily),
  'engagement.manage': office,
  'engagement.plan': any(itsTutor, itsPair),
  'booking-request.list': office,
  'booking-request.decide': any(office, itsAnswerer),
  'booking-request.own': itsAsker,
  // From an enquiry to a tutor at work.
  'request.manage': office,
  'offer.answer': itsTutor,
  'task.manage': office,
  'availability.write': any(office, itsTutor),
  'timeoff.decide': office,
  'place.manage': office,
  // A tutor's own account at a meeting provider; the office may only take it away.
  'provider.connect': itsTutor,
  'provider.disconnect': any(admins, itsTutor),
  'meeting.manage': office,
  'session.instant': any(office, itsTutor),
  // Lets people in, ends it for all.
  'classroom.host': any(office, itsTutor),
  // The board and the chat, afterwards too.
  'classroom.read': any(office, itsTutor, itsFamily, itsGuardian),
  'presence.read': any(office, itsTutor),
  'closeout.submit': any(office, itsTutor),
  'closeout.approve': office,
  // What a student works towards, how far it is, homework and notes as families see them.
  'progress.read': any(office, itsTeacher, itsPeople),
  'goal.write': any(office, itsTeacher),
  'homework.tick': itsPeople,
  // Of the tutor what a student does, of the family what a tutor does.
  'feedback.give': any(itsTutor, itsFamily, itsGuardian),
  'feedback.read': office,
  'conversation.read': any(office, itsTeacher, itsPeople),
  'conversation.write': any(office, itsTeacher, itsPeople),
  // Takes out what somebody wrote.
  'conversation.moderate': office,
  'mails.manage': admins,
  // What went out, to whom, and whether it arrived: of money too.
  'mails.read': admins,

  'money.read': admins,
  'money.manage': admins,
  'invoice.read': any(admins, itsClient),
  // With their card, or through a gateway's page.
  'invoice.pay': itsClient,
  'card.manage': any(admins, itsClient),
  'credits.read': any(admins, itsClient),
  'pay.manage': admins,
  'pay.read': any(admins, itsTutor),
  // Work that is not teaching.
  'time-sheet.write': any(admins, itsTutor),
  'reports.read': admins,
} satisfies Record<string, Rule>;

export type Action = keyof typeof RULES;

export const ACTIONS = Object.keys(RULES) as Action[];

/**
 * The one place that says who may do what. Pure: pages use it to decide what to show, routes to decide what to answer.
 * An action about a record is denied to tutors and families without its subject; nobody signed in may do nothing.
 */
export function can(user: SignedInUser | null, action: Action, subject?: Subject): boolean {
  if (user === null) return false;
  const rule: Rule | undefined = Object.hasOwn(RULES, action) ? RULES[action] : undefined;
  return rule?.(user, subject) ?? false;
}

/** Where someone belongs after signing in: the widest place they may enter. */
export function homeFor(user: SignedInUser): '/office' | '/tutor' | '/family' | '/account' {
  if (can(user, 'office.enter')) return '/office';
  if (can(user, 'tutor.enter')) return '/tutor';
  if (can(user, 'family.enter')) return '/family';
  return '/account';
}
