import type { AppLoadContext } from '@remix-run/node';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { readCompanyFacts } from '#app/domain/help/company-facts.server.ts';
import { familyHelp, studentHelp } from '#app/domain/help/family-help.ts';
import type { HelpText } from '#app/domain/help/help-page.ts';
import { HELP_ROLES, HELP_TOPICS, type HelpRole } from '#app/domain/help/help-topics.ts';
import { officeHelp } from '#app/domain/help/office-help.ts';
import { tutorHelp } from '#app/domain/help/tutor-help.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';

export interface HelpSection extends HelpText {
  id: string;
  title: string;
}

/** Whose help somebody reads: that of their roles; an administrator everybody's, since it says what others are told. */
export function helpRolesOf(user: SignedInUser): HelpRole[] {
  if (can(user, 'organisation.manage')) return [...HELP_ROLES];
  const has: Record<HelpRole, boolean> = {
    office: can(user, 'office.enter'),
    tutor: can(user, 'tutor.enter'),
    family: user.roles.includes('client'),
    student: user.roles.includes('student'),
  };
  return HELP_ROLES.filter((role) => has[role]);
}

export async function loadHelp({ db }: AppLoadContext, user: SignedInUser, role: HelpRole): Promise<HelpSection[]> {
  const organisation = await findOrganisation(db);
  if (!organisation) return [];
  const locale = user.locale ?? organisation.locale;
  const texts = await textsFor(db, user, role, locale);
  return Object.entries(HELP_TOPICS[role]).flatMap(([id, title]) => {
    const section = texts[id];
    return section ? [{ id, title, ...section }] : [];
  });
}

async function textsFor(
  db: AppLoadContext['db'],
  user: SignedInUser,
  role: HelpRole,
  locale: string,
): Promise<Record<string, HelpText | undefined>> {
  const everything = can(user, 'organisation.manage');
  if (role === 'office') {
    const reader = { money: can(user, 'money.read'), pay: can(user, 'pay.manage'), settings: everything };
    return officeHelp(await readCompanyFacts(db, 'all'), reader, locale);
  }
  if (role === 'tutor') {
    const whose = everything || user.tutorId === null ? 'all' : { tutorId: user.tutorId };
    return tutorHelp(await readCompanyFacts(db, user.tutorId === null && !everything ? { studentIds: [] } : whose), locale);
  }
  const facts = await readCompanyFacts(db, everything ? 'all' : { studentIds: [...user.studentIds, ...user.guardedIds] });
  return role === 'family' ? familyHelp(facts, locale) : studentHelp(facts, locale);
}
