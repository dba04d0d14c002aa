import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS, type Action, can, homeFor, type Subject } from './can.ts';
import { ROLES, type Role } from './roles.ts';
import type { SignedInUser } from './signed-in-user.ts';

function someone(roles: Role[], over: Partial<SignedInUser> = {}): SignedInUser {
  return {
    id: 'u1',
    email: 'someone@example.test',
    name: 'Someone',
    roles,
    tutorId: roles.includes('tutor') ? 't1' : null,
    clientIds: roles.includes('client') ? ['c1'] : [],
    studentIds: roles.includes('client') || roles.includes('student') ? ['s1'] : [],
    guardedIds: [],
    timezone: null,
    locale: null,
    signInSessionId: 'x',
    ...over,
  };
}

const ownSession: Subject = {
  type: 'session',
  tutorId: 't1',
  clientIds: ['c1'],
  studentIds: ['s1'],
};
const foreignSession: Subject = {
  type: 'session',
  tutorId: 't2',
  clientIds: ['c2'],
  studentIds: ['s2'],
};
const ownClient: Subject = { type: 'client', clientId: 'c1' };
const foreignClient: Subject = { type: 'client', clientId: 'c2' };
const ownTutor: Subject = { type: 'tutor', tutorId: 't1' };
const foreignTutor: Subject = { type: 'tutor', tutorId: 't2' };

const ownEngagement: Subject = { type: 'engagement', tutorId: 't1', clientId: 'c1', studentId: 's1' };
const foreignEngagement: Subject = { type: 'engagement', tutorId: 't2', clientId: 'c2', studentId: 's2' };
const pair = { tutorId: 't1', clientId: 'c1', studentId: 's1' };
const toOffice: Subject = { type: 'booking-request', source: 'family', routedTo: 'office', ...pair };
const toTutor: Subject = { type: 'booking-request', source: 'family', routedTo: 'tutor', ...pair };
const ofTutor: Subject = { type: 'booking-request', source: 'tutor', routedTo: 'office', ...pair };
const foreignRequest: Subject = { ...toTutor, tutorId: 't2', clientId: 'c2', studentId: 's2' };

const ofThem = { type: 'shared', tutorIds: ['t1'], clientIds: ['c1'], studentIds: ['s1'] } as const;
const ofOthers = { type: 'shared', tutorIds: ['t2'], clientIds: ['c2'], studentIds: ['s2'] } as const;

const ownPupil: Subject = { type: 'pupil', studentId: 's1', clientId: 'c1', tutorIds: ['t1'] };
const foreignPupil: Subject = { type: 'pupil', studentId: 's2', clientId: 'c2', tutorIds: ['t2'] };
const ownTalk: Subject = { type: 'conversation', ...pair };
const foreignTalk: Subject = { type: 'conversation', tutorId: 't2', clientId: 'c2', studentId: 's2' };

const OFFICE: Role[] = ['owner', 'admin', 'scheduler'];
const ADMINS: Role[] = ['owner', 'admin'];
const ALL = [...ROLES];

/** One line a rule: the action, about what, and who may. */
const TABLE: [Action, Subject | undefined, Role[]][] = [
  ['account.self', undefined, ALL],
  ['office.enter', undefined, OFFICE],
  ['tutor.enter', undefined, ['tutor']],
  ['family.enter', undefined, ['client', 'student']],
  ['organisation.manage', undefined, ADMINS],
  ['plugins.manage', undefined, ADMINS],
  ['users.manage', undefined, ADMINS],
  ['users.manage', { type: 'user', userId: 'u9', roles: ['admin', 'tutor'] }, ADMINS],
  ['users.manage', { type: 'user', userId: 'u9', roles: ['owner'] }, ['owner']],
  ['users.manage', { type: 'user', userId: 'u9', roles: ['tutor', 'owner'] }, ['owner']],
  ['audit.read', undefined, ADMINS],
  ['api.manage', undefined, ADMINS],
  ['people.read', undefined, OFFICE],
  ['people.write', undefined, OFFICE],
  ['people.merge', undefined, ADMINS],
  ['people.erase', undefined, ADMINS],
  ['file.read', undefined, []],
  ['file.read', { ...ofThem, visibility: 'admins' }, ADMINS],
  ['file.read', { ...ofThem, visibility: 'office' }, OFFICE],
  ['file.read', { ...ofThem, visibility: 'tutor' }, [...OFFICE, 'tutor']],
  ['file.read', { ...ofThem, visibility: 'family' }, [...OFFICE, 'client', 'student']],
  ['file.read', { ...ofOthers, visibility: 'tutor' }, OFFICE],
  ['file.read', { ...ofOthers, visibility: 'family' }, OFFICE],
  ['file.write', undefined, OFFICE],
  ['file.write', { ...ofThem, visibility: 'admins' }, ADMINS],
  ['file.write', { ...ofThem, visibility: 'family' }, OFFICE],
  ['note.read', { ...ofThem, visibility: 'admins' }, ADMINS],
  ['note.read', { ...ofThem, visibility: 'office' }, OFFICE],
  ['note.read', { ...ofThem, visibility: 'tutor' }, [...OFFICE, 'tutor']],
  ['note.read', { ...ofOthers, visibility: 'tutor' }, OFFICE],
  ['note.read', { ...ofThem, visibility: 'family' }, [...OFFICE, 'client', 'student']],
  ['note.write', undefined, OFFICE],
  ['note.write', { ...ofThem, visibility: 'admins' }, ADMINS],
  ['request.manage', undefined, OFFICE],
  ['offer.answer', ownTutor, ['tutor']],
  ['offer.answer', foreignTutor, []],
  ['task.manage', undefined, OFFICE],
  ['program.write', undefined, ADMINS],
  ['rates.charge.read', undefined, OFFICE],
  ['rates.pay.read', undefined, ADMINS],
  ['rates.manage', undefined, ADMINS],
  ['session.list', undefined, OFFICE],
  ['session.book', undefined, OFFICE],
  ['session.edit', ownSession, OFFICE],
  ['session.cancel', ownSession, OFFICE],
  ['session.read', ownSession, ALL],
  ['session.read', foreignSession, OFFICE],
  ['session.read', undefined, OFFICE],
  ['session.join', ownSession, ALL],
  ['session.join', foreignSession, OFFICE],
  ['session.ask', ownSession, ['client', 'student']],
  ['session.ask', foreignSession, []],
  ['place-offer.answer', { type: 'student', studentId: 's1', clientId: 'c1' }, ['client', 'student']],
  ['place-offer.answer', { type: 'student', studentId: 'other', clientId: 'other' }, []],
  ['session.plan', ownSession, [...OFFICE, 'tutor']],
  ['session.plan', foreignSession, OFFICE],
  ['availability.write', ownTutor, [...OFFICE, 'tutor']],
  ['availability.write', foreignTutor, OFFICE],
  ['timeoff.decide', undefined, OFFICE],
  ['place.manage', undefined, OFFICE],
  ['session.replan', ownSession, ['tutor', 'client', 'student']],
  ['session.replan', foreignSession, []],
  ['engagement.manage', undefined, OFFICE],
  ['engagement.plan', ownEngagement, ['tutor', 'client', 'student']],
  ['engagement.plan', foreignEngagement, []],
  ['booking-request.list', undefined, OFFICE],
  ['booking-request.decide', toOffice, OFFICE],
  ['booking-request.decide', toTutor, [...OFFICE, 'tutor']],
  ['booking-request.decide', foreignRequest, OFFICE],
  ['booking-request.own', toTutor, ['client', 'student']],
  ['booking-request.own', ofTutor, ['tutor']],
  ['booking-request.own', foreignRequest, []],
  ['closeout.submit', ownSession, [...OFFICE, 'tutor']],
  ['closeout.submit', foreignSession, OFFICE],
  ['closeout.approve', ownSession, OFFICE],
  ['progress.read', ownPupil, ALL],
  ['progress.read', foreignPupil, OFFICE],
  ['goal.write', ownPupil, [...OFFICE, 'tutor']],
  ['goal.write', foreignPupil, OFFICE],
  ['homework.tick', ownPupil, ['client', 'student']],
  ['homework.tick', foreignPupil, []],
  ['feedback.give', ownSession, ['tutor', 'client', 'student']],
  ['feedback.give', foreignSession, []],
  ['feedback.read', undefined, OFFICE],
  ['conversation.read', ownTalk, ALL],
  ['conversation.read', foreignTalk, OFFICE],
  ['conversation.write', ownTalk, ALL],
  ['conversation.write', foreignTalk, OFFICE],
  ['conversation.moderate', undefined, OFFICE],
  ['mails.manage', undefined, ADMINS],
  ['mails.read', undefined, ADMINS],
  ['money.read', undefined, ADMINS],
  ['money.manage', undefined, ADMINS],
  ['invoice.read', ownClient, [...ADMINS, 'client']],
  ['invoice.read', foreignClient, ADMINS],
  ['invoice.read', undefined, ADMINS],
  ['credits.read', ownClient, [...ADMINS, 'client']],
  ['credits.read', foreignClient, ADMINS],
  ['pay.manage', undefined, ADMINS],
  ['pay.read', ownTutor, [...ADMINS, 'tutor']],
  ['pay.read', foreignTutor, ADMINS],
  ['pay.read', undefined, ADMINS],
  ['invoice.pay', ownClient, ['client']],
  ['invoice.pay', foreignClient, []],
  ['card.manage', ownClient, [...ADMINS, 'client']],
  ['card.manage', foreignClient, ADMINS],
  ['provider.connect', ownTutor, ['tutor']],
  ['provider.connect', foreignTutor, []],
  ['provider.disconnect', ownTutor, [...ADMINS, 'tutor']],
  ['provider.disconnect', foreignTutor, ADMINS],
  ['meeting.manage', undefined, OFFICE],
  ['session.instant', ownTutor, [...OFFICE, 'tutor']],
  ['session.instant', foreignTutor, OFFICE],
  ['classroom.host', ownSession, [...OFFICE, 'tutor']],
  ['classroom.host', foreignSession, OFFICE],
  ['classroom.read', ownSession, ALL],
  ['classroom.read', foreignSession, OFFICE],
  ['presence.read', ownSession, [...OFFICE, 'tutor']],
  ['presence.read', foreignSession, OFFICE],
  ['time-sheet.write', ownTutor, [...ADMINS, 'tutor']],
  ['time-sheet.write', foreignTutor, ADMINS],
  ['reports.read', undefined, ADMINS],
];

describe('who may do what', () => {
  it.each(TABLE)('%s about %o: %j', (action, subject, allowed) => {
    const granted = ROLES.filter((role) => can(someone([role]), action, subject));
    expect(granted).toEqual(ROLES.filter((role) => allowed.includes(role)));
  });

  it('every action stands in the table', () => {
    expect(new Set(TABLE.map(([action]) => action))).toEqual(new Set(ACTIONS));
  });

  it('nobody signed in and nobody without a role may do nothing but, signed in, look after the account', () => {
    for (const action of ACTIONS) {
      for (const subject of [undefined, ownSession, ownClient, ownTutor]) {
        expect(can(null, action, subject)).toBe(false);
        expect(can(someone([]), action, subject)).toBe(action === 'account.self');
      }
    }
  });

  it('an unknown action is denied', () => {
    expect(can(someone(['owner']), 'constructor' as Action)).toBe(false);
    expect(can(someone(['owner']), 'session.destroy' as Action)).toBe(false);
  });

  it('a link to a record counts for nothing without the role that goes with it', () => {
    const linked = { tutorId: 't1', clientIds: ['c1'], studentIds: ['s1'] };
    expect(can(someone(['client'], linked), 'pay.read', ownTutor)).toBe(false);
    expect(can(someone(['tutor'], linked), 'invoice.read', ownClient)).toBe(false);
    expect(can(someone(['student'], linked), 'invoice.read', ownClient)).toBe(false);
    const sessionOfAChild: Subject = {
      type: 'session',
      tutorId: 't2',
      clientIds: ['c1'],
      studentIds: ['s1'],
    };
    expect(can(someone(['tutor'], linked), 'session.read', sessionOfAChild)).toBe(false);
  });

  it('a tutor who is nobody on record does not get the sessions that have no tutor', () => {
    const open: Subject = {
      type: 'session',
      tutorId: null,
      clientIds: [],
      studentIds: [],
    };
    expect(can(someone(['tutor'], { tutorId: null }), 'session.read', open)).toBe(false);
  });

  it('who cares for a student while somebody else pays sees and joins the lessons, and plans and pays nothing', () => {
    const guardian = someone(['client'], { clientIds: ['c9'], studentIds: [], guardedIds: ['s1'] });
    const about = [
      ownSession,
      ownClient,
      ownEngagement,
      ownPupil,
      ownTalk,
      toOffice,
      toTutor,
      { ...ofThem, visibility: 'family' } as const,
    ];
    const child: Subject = { type: 'student', studentId: 's1', clientId: 'c1' };
    const allowed = ACTIONS.filter((action) => [...about, child].some((subject) => can(guardian, action, subject)));
    expect(allowed).toEqual([
      ...[
        'account.self',
        'family.enter',
        'file.read',
        'note.read',
        'session.read',
        'session.join',
        'session.ask',
        'classroom.read',
        'progress.read',
        'homework.tick',
        'feedback.give',
        'conversation.read',
        'conversation.write',
      ],
    ]);
    expect(can(guardian, 'note.read', { ...ofThem, studentIds: [], visibility: 'family' })).toBe(false);
    expect(can(guardian, 'session.read', foreignSession)).toBe(false);
    expect(can(someone(['tutor'], { guardedIds: ['s1'] }), 'session.ask', ownSession)).toBe(false);
  });

  it('several roles give what each of them gives, never less and never more', () => {
    const subjects = [undefined, ownSession, foreignSession, ownClient, foreignClient, ownTutor, foreignTutor];
    const links = { tutorId: 't1', clientIds: ['c1'], studentIds: ['s1'] };
    fc.assert(
      fc.property(
        fc.subarray([...ROLES]),
        fc.constantFrom(...ACTIONS),
        fc.constantFrom(...subjects),
        (roles, action, subject) => {
          const together = can(someone(roles, links), action, subject);
          const apart = roles.some((role) => can(someone([role], links), action, subject));
          expect(together).toBe(apart || action === 'account.self');
        },
      ),
    );
  });

  it('home is the widest place one may enter', () => {
    expect(homeFor(someone(['tutor', 'scheduler']))).toBe('/office');
    expect(homeFor(someone(['client', 'tutor']))).toBe('/tutor');
    expect(homeFor(someone(['student']))).toBe('/family');
    expect(homeFor(someone([]))).toBe('/account');
  });
});
