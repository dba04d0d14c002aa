import type { Role } from '#app/auth/roles.ts';
import type { RecordKind } from './world.ts';

export interface Expectation {
  /** True: whoever comes, signed in or not. */
  open: boolean;
  /** Roles that get in for a record of their own, or where there is no record. */
  own: readonly Role[];
  /** Roles that get in for a record of somebody else; the office's of `own` when not said. */
  foreign: readonly Role[];
  /** Which record each parameter of the path stands for; a function for what is no record. */
  params: Record<string, RecordKind>;
  /** Roles that get 404 where they don't get in, since that the record exists is a secret to them; all others get 403. */
  hiddenFrom: readonly Role[];
  /** Roles whose writes (POST) are not refused outright, where fewer than may read. */
  post: readonly Role[];
  postForeign: readonly Role[];
  /** Added to the address, for a page that needs it. */
  search: string;
}

interface Options {
  /** The record that `:id` of the path is. */
  record?: RecordKind;
  params?: Record<string, RecordKind>;
  foreign?: readonly Role[];
  /** 404: hidden from all who don't get in. */
  refused?: 403 | 404;
  hiddenFrom?: readonly Role[];
  post?: readonly Role[];
  postForeign?: readonly Role[];
  search?: string;
}

export const OFFICE = ['owner', 'admin', 'scheduler'] as const satisfies Role[];
export const ADMINS = ['owner', 'admin'] as const satisfies Role[];
export const TUTOR = ['tutor'] as const satisfies Role[];
export const FAMILY = ['client', 'student'] as const satisfies Role[];
export const CLIENT = ['client'] as const satisfies Role[];
export const EVERYONE = [...OFFICE, ...TUTOR, ...FAMILY] as const satisfies Role[];

const inOffice = (roles: readonly Role[]) => roles.filter((role) => (OFFICE as readonly Role[]).includes(role));

function only(own: readonly Role[], options: Options = {}): Expectation {
  const params = { ...(options.record === undefined ? {} : { id: options.record }), ...options.params };
  const withRecord = Object.keys(params).length > 0;
  const foreign = options.foreign ?? (withRecord ? inOffice(own) : own);
  const post = options.post ?? own;
  return {
    open: false,
    own,
    foreign,
    params,
    hiddenFrom: options.hiddenFrom ?? (options.refused === 404 ? EVERYONE : []),
    post,
    postForeign: options.postForeign ?? post.filter((role) => foreign.includes(role)),
    search: options.search ?? '',
  };
}

/** Open to everyone, signed in or not: the page itself decides by what is in its address. */
function open(options: Options = {}): Expectation {
  return { ...only(EVERYONE, options), open: true };
}

/**
 * Who gets into each route, by the route's id: its folder below app/. A route that isn't here fails the test, and so
 * does a line without a route. Written by hand, on purpose: it is what the code is held against.
 */
export const EXPECTED: Record<string, Expectation> = {
  root: open(),
  'routes/_index': open(),
  'routes/manifest[.]webmanifest': open(),

  'routes/login': open(),
  'routes/logout': open(),
  'routes/setup': open(),
  'routes/reset': open(),
  'routes/reset_.$token': open({ params: { token: 'nothing' } }),
  'routes/invite.$token': open({ params: { token: 'nothing' } }),

  'routes/book': open(),
  'routes/book_.embed': open(),
  'routes/enquire': open(),
  'routes/enquire_.embed': open(),
  'routes/apply': open(),
  'routes/apply_.embed': open(),

  // By the signed link to one invoice.
  'routes/pay.$token': open({ params: { token: 'nothing' } }),
  'routes/pay.$token[.]pdf': open({ params: { token: 'nothing' } }),

  // By the signed link to one place in a session.
  'routes/join.$token': open({ params: { token: 'nothing' } }),
  'routes/join.$token_.room': open({ params: { token: 'nothing' } }),

  'routes/account': only(EVERYONE),
  'routes/help': only(EVERYONE),
  'routes/account._index': only(EVERYONE),
  'routes/account.sessions': only(EVERYONE),
  'routes/account.calendars': only(EVERYONE),
  'routes/account.mails': only(EVERYONE),
  // By the signed link that stands in a mail.
  'routes/mails.$token': open({ params: { token: 'nothing' } }),
  // By the secret in the address alone.
  'routes/calendar.$token[.]ics': open({ params: { token: 'nothing' } }),

  // Made in the test's mode, which is not production; in production they are 404 for all.
  'routes/dev.mails': open(),
  'routes/dev.mails_.$id': open({ record: 'mail' }),
  'routes/dev.mails_.$id_.calendar': open({ record: 'mail' }),

  'routes/office': only(OFFICE),
  'routes/office._index': only(OFFICE),
  'routes/office.search': only(OFFICE),
  'routes/office.messages._index': only(OFFICE),
  'routes/office.messages.$id': only(OFFICE, { record: 'conversation' }),
  'routes/office.duplicates': only(ADMINS),
  'routes/office.merge': only(ADMINS),
  'routes/office.clean-up': only(OFFICE),
  'routes/office.tutors.$id_.data': only(ADMINS, { record: 'tutor' }),
  'routes/office.tutors.$id_.export': only(ADMINS, { record: 'tutor' }),
  'routes/office.tutors.$id_.mail-preferences': only(OFFICE, { record: 'tutor' }),
  'routes/office.students.$id_.data': only(ADMINS, { record: 'student' }),
  'routes/office.students.$id_.export': only(ADMINS, { record: 'student' }),
  'routes/office.students.$id_.mail-preferences': only(OFFICE, { record: 'student' }),
  'routes/office.clients.$id_.data': only(ADMINS, { record: 'client' }),
  'routes/office.clients.$id_.export': only(ADMINS, { record: 'client' }),
  'routes/office.clients.$id_.mail-preferences': only(OFFICE, { record: 'client' }),
  'routes/office.tutors._index': only(OFFICE),
  'routes/office.tutors.new': only(OFFICE),
  'routes/office.tutors.$id': only(OFFICE, { record: 'tutor' }),
  'routes/office.tutors.$id_.edit': only(OFFICE, { record: 'tutor' }),
  'routes/office.tutors.$id_.notes': only(OFFICE, { record: 'tutor' }),
  'routes/office.tutors.$id_.timeline': only(OFFICE, { record: 'tutor' }),
  'routes/office.tutors.$id_.availability._index': only(OFFICE, { record: 'tutor' }),
  'routes/office.tutors.$id_.availability.days': only(OFFICE, { record: 'tutor' }),
  'routes/office.tutors.$id_.availability.time-off': only(OFFICE, { record: 'tutor' }),
  'routes/office.time-off': only(OFFICE),
  'routes/office.feedback': only(OFFICE),
  'routes/office.tutors.$id_.accounts': only(OFFICE, { record: 'tutor', post: ADMINS }),
  'routes/office.tutors.$id_.absence': only(OFFICE, { record: 'tutor' }),
  'routes/office.clients._index': only(OFFICE),
  'routes/office.clients.new': only(OFFICE),
  'routes/office.clients.$id': only(OFFICE, { record: 'client' }),
  'routes/office.clients.$id_.cards': only(ADMINS, { record: 'client' }),
  'routes/office.clients.$id_.edit': only(OFFICE, { record: 'client' }),
  'routes/office.clients.$id_.notes': only(OFFICE, { record: 'client' }),
  'routes/office.clients.$id_.timeline': only(OFFICE, { record: 'client' }),
  'routes/office.students._index': only(OFFICE),
  'routes/office.students.new': only(OFFICE),
  'routes/office.students.$id': only(OFFICE, { record: 'student' }),
  'routes/office.students.$id_.edit': only(OFFICE, { record: 'student' }),
  'routes/office.students.$id_.guardians': only(OFFICE, { record: 'student' }),
  'routes/office.students.$id_.notes': only(OFFICE, { record: 'student' }),
  'routes/office.students.$id_.timeline': only(OFFICE, { record: 'student' }),
  'routes/office.notes.$id': only(OFFICE, { record: 'note' }),
  'routes/office.programs._index': only(OFFICE),
  'routes/office.programs.new': only(ADMINS),
  'routes/office.programs.$id': only(OFFICE, { record: 'program', post: ADMINS }),
  'routes/office.programs.$id_.edit': only(ADMINS, { record: 'program' }),
  'routes/office.subjects._index': only(OFFICE),
  'routes/office.subjects.new': only(ADMINS),
  'routes/office.subjects.$id': only(OFFICE, { record: 'subject', post: ADMINS }),
  'routes/office.rates._index': only(OFFICE),
  'routes/office.rates.new': only(ADMINS),
  'routes/office.rates.cost': only(OFFICE),
  'routes/office.rates.change': only(ADMINS),
  'routes/office.rates.changes': only(ADMINS),
  'routes/office.rates.$id': only(ADMINS, { record: 'rate' }),
  'routes/office.settings._index': only(ADMINS),
  'routes/office.settings.organisation': only(ADMINS),
  'routes/office.settings.booking': only(ADMINS),
  'routes/office.settings.scheduling': only(ADMINS),
  'routes/office.settings.files': only(ADMINS),
  'routes/office.settings.closures': only(ADMINS),
  'routes/office.settings.places._index': only(OFFICE),
  'routes/office.settings.places.new': only(OFFICE),
  'routes/office.settings.places.$id': only(OFFICE, { record: 'place' }),
  'routes/office.settings.rooms._index': only(OFFICE),
  'routes/office.settings.rooms.new': only(OFFICE),
  'routes/office.settings.rooms.$id': only(OFFICE, { record: 'room' }),
  'routes/office.settings.documents': only(ADMINS),
  'routes/office.settings.emails._index': only(ADMINS),
  'routes/office.settings.emails.$template': only(ADMINS, { params: { template: 'mailTemplate' } }),
  'routes/office.settings.emails.$template_.preview': only(ADMINS, { params: { template: 'mailTemplate' } }),
  'routes/office.settings.documents.sample[.]pdf': only(ADMINS),
  'routes/office.settings.reminders': only(ADMINS),
  'routes/office.settings.closeouts': only(ADMINS),
  'routes/office.settings.note-templates._index': only(ADMINS),
  'routes/office.settings.note-templates.new': only(ADMINS),
  'routes/office.settings.note-templates.$id': only(ADMINS, { record: 'noteTemplate' }),
  'routes/office.settings.policies': only(ADMINS),
  'routes/office.settings.audit': only(ADMINS),
  'routes/office.settings.storefront': only(ADMINS),
  'routes/office.settings.checklists._index': only(ADMINS),
  'routes/office.settings.checklists.new': only(ADMINS),
  'routes/office.settings.checklists.$id': only(ADMINS, { record: 'checklistItem' }),
  'routes/office.checklist': only(OFFICE),
  'routes/office.invitations': only(ADMINS),
  'routes/office.tutors.$id_.onboarding': only(OFFICE, { record: 'tutor' }),
  'routes/tutor.checklist': only(TUTOR),
  'routes/family.checklist': only(FAMILY),
  'routes/office.settings.forms._index': only(ADMINS),
  'routes/office.settings.forms.enquiry': only(ADMINS),
  'routes/office.settings.forms.application': only(ADMINS),
  'routes/office.settings.api-keys': only(ADMINS),
  'routes/office.make-ups': only(OFFICE),
  'routes/office.settings.terms._index': only(ADMINS),
  'routes/office.settings.terms.new': only(ADMINS),
  'routes/office.settings.terms.$id': only(ADMINS, { record: 'term' }),
  'routes/office.settings.cancellation-reasons._index': only(ADMINS),
  'routes/office.settings.cancellation-reasons.new': only(ADMINS),
  'routes/office.settings.cancellation-reasons.$id': only(ADMINS, { record: 'cancellationReason' }),
  'routes/office.settings.fields._index': only(ADMINS),
  'routes/office.settings.fields.new': only(ADMINS),
  'routes/office.settings.fields.$id': only(ADMINS, { record: 'customField' }),
  'routes/office.settings.tags._index': only(ADMINS),
  'routes/office.settings.tags.$id': only(ADMINS, { record: 'tag' }),
  'routes/office.settings.credits': only(ADMINS),
  'routes/office.settings.packages._index': only(ADMINS),
  'routes/office.settings.packages.new': only(ADMINS),
  'routes/office.settings.packages.$id': only(ADMINS, { record: 'package' }),
  'routes/office.settings.levels._index': only(ADMINS),
  'routes/office.settings.levels.$id': only(ADMINS, { record: 'level' }),
  'routes/office.settings.clearances._index': only(ADMINS),
  'routes/office.settings.clearances.new': only(ADMINS),
  'routes/office.settings.clearances.$id': only(ADMINS, { record: 'clearanceType' }),
  'routes/office.clearances._index': only(OFFICE),
  'routes/office.clearances.$id': only(OFFICE, { record: 'clearance' }),
  'routes/office.tutors.$id_.clearances': only(OFFICE, { record: 'tutor' }),
  'routes/tutor.documents': only(TUTOR),
  'routes/office.settings.pay': only(ADMINS),
  'routes/office.settings.work-kinds': only(ADMINS),
  'routes/office.settings.pay-groups._index': only(ADMINS),
  'routes/office.settings.pay-groups.$id': only(ADMINS, { record: 'payGroup' }),
  'routes/office.board._index': only(OFFICE),
  'routes/office.board.data': only(OFFICE),
  'routes/office.board.session.$id': only(OFFICE, { record: 'session' }),
  'routes/office.board.check': only(OFFICE),
  'routes/office.board.move': only(OFFICE),
  'routes/office.board.copy': only(OFFICE),
  'routes/office.board.book': only(OFFICE),
  'routes/office.board.cancel': only(OFFICE),
  'routes/office.board.restore': only(OFFICE),
  'routes/office.board.views': only(OFFICE),
  'routes/office.sessions.new': only(OFFICE),
  'routes/office.sessions.check': only(OFFICE),
  'routes/office.sessions.instant': only(OFFICE),
  'routes/office.sessions.$id._index': only(OFFICE, { record: 'session' }),
  'routes/office.sessions.$id.edit': only(OFFICE, { record: 'session' }),
  'routes/office.sessions.$id.cancel': only(OFFICE, { record: 'session' }),
  'routes/office.sessions.$id.move-place': only(OFFICE, { record: 'session' }),
  'routes/office.sessions.$id.reschedule': only(OFFICE, { record: 'session' }),
  'routes/office.sessions.$id.correct': only(ADMINS, { record: 'session' }),
  'routes/office.sessions.$id.close-out': only(OFFICE, { record: 'session' }),
  'routes/office.settings.plugins._index': only(ADMINS),
  'routes/office.settings.plugins.$id': only(ADMINS, { record: 'install' }),
  'routes/office.settings.plugins.declared.new': only(ADMINS),
  'routes/office.settings.plugins.declared.$id': only(ADMINS, { record: 'description' }),
  'routes/office.settings.users._index': only(ADMINS),
  'routes/office.settings.users.new': only(ADMINS),
  'routes/office.settings.users.$id': only(ADMINS, { record: 'user' }),

  'routes/office.engagements._index': only(OFFICE),
  'routes/office.engagements.new': only(OFFICE),
  'routes/office.engagements.$id': only(OFFICE, { record: 'engagement' }),
  'routes/office.engagements.$id_.edit': only(OFFICE, { record: 'engagement' }),
  'routes/office.booking-requests._index': only(OFFICE),
  'routes/office.booking-requests.$id': only(OFFICE, { record: 'request' }),

  'routes/office.tasks._index': only(OFFICE),
  'routes/office.tasks.$id': only(OFFICE, { record: 'task' }),
  'routes/office.settings.stages._index': only(ADMINS),
  'routes/office.settings.stages.new': only(ADMINS),
  'routes/office.settings.stages.$id': only(ADMINS, { record: 'stage' }),
  'routes/office.settings.task-rules': only(ADMINS),
  'routes/office.matching': only(OFFICE),
  'routes/office.requests._index': only(OFFICE),
  'routes/office.requests.new': only(OFFICE),
  'routes/office.requests.$id': only(OFFICE, { record: 'enquiry' }),
  'routes/office.requests.$id_.edit': only(OFFICE, { record: 'enquiry' }),
  'routes/office.requests.$id_.notes': only(OFFICE, { record: 'enquiry' }),
  'routes/office.requests.$id_.timeline': only(OFFICE, { record: 'enquiry' }),
  'routes/office.requests.$id_.match': only(OFFICE, { record: 'enquiry' }),
  'routes/office.requests.$id_.offer': only(OFFICE, { record: 'enquiry' }),
  'routes/office.settings.meetings': only(ADMINS),
  'routes/office.settings.matching': only(ADMINS),
  'routes/office.students.$id_.exclusions': only(OFFICE, { record: 'student' }),

  'routes/office.series._index': only(OFFICE),
  'routes/office.series.$id._index': only(OFFICE, { record: 'series' }),
  'routes/office.series.$id.edit': only(OFFICE, { record: 'series' }),
  'routes/office.series.$id.cancel': only(OFFICE, { record: 'series' }),
  'routes/office.series.$id.pause': only(OFFICE, { record: 'series' }),
  'routes/office.sessions._index': only(OFFICE),
  'routes/office.calendar': only(OFFICE),
  'routes/office.sessions.bulk': only(OFFICE),
  'routes/office.courses._index': only(OFFICE),
  'routes/office.courses.new': only(OFFICE),
  'routes/office.courses.$id': only(OFFICE, { record: 'course' }),
  'routes/office.courses.$id_.edit': only(OFFICE, { record: 'course' }),
  'routes/family.places.$id': only(FAMILY, { record: 'waiting', foreign: [], hiddenFrom: FAMILY }),
  'routes/office.attendance': only(OFFICE),
  'routes/office.closeouts': only(OFFICE),
  'routes/office.meetings': only(OFFICE),
  'routes/office.mails._index': only(ADMINS),
  'routes/office.mails.$id': only(ADMINS, { record: 'mail' }),
  'routes/office.mails.blocked': only(ADMINS),
  'routes/office.settings.mails': only(ADMINS),
  'routes/office.balances._index': only(ADMINS),
  'routes/office.balances[.]csv': only(ADMINS),
  'routes/office.balances.$id': only(ADMINS, { record: 'client' }),
  'routes/office.balances.$id_.statement[.]pdf': only(ADMINS, { record: 'client' }),
  'routes/office.balances.$id_.pro-forma': only(ADMINS, { record: 'client' }),
  'routes/office.balances.$id_.pro-forma[.]pdf': only(ADMINS, { record: 'client' }),
  'routes/office.invoices._index': only(ADMINS),
  'routes/office.invoices.$id': only(ADMINS, { record: 'invoice' }),
  'routes/office.invoices[.]csv': only(ADMINS),
  'routes/office.invoice-runs._index': only(ADMINS),
  'routes/office.invoice-runs.new': only(ADMINS),
  'routes/office.invoice-runs.$id': only(ADMINS, { record: 'invoiceRun' }),
  'routes/office.invoice-runs.$id[.]csv': only(ADMINS, { record: 'invoiceRun' }),
  'routes/office.invoice-runs.schedules': only(ADMINS),
  'routes/office.settings.invoicing': only(ADMINS),
  'routes/office.invoice-runs.proposals.$id': only(ADMINS, { record: 'invoiceRunProposal' }),
  'routes/office.unbilled': only(ADMINS),
  'routes/office.unbilled[.]csv': only(ADMINS),
  'routes/office.credits._index': only(ADMINS),
  'routes/office.credits.$id': only(ADMINS, { record: 'client' }),
  'routes/office.books._index': only(ADMINS),
  'routes/office.books.group': only(ADMINS),
  'routes/office.books.accounts.$id': only(ADMINS, { record: 'account' }),
  'routes/office.books.transactions.$id': only(ADMINS, { record: 'ledgerTransaction' }),
  'routes/office.books.journal': only(ADMINS),
  'routes/office.books.sessions[.]csv': only(ADMINS),
  'routes/office.credits.lots.$id': only(ADMINS, { record: 'creditLot' }),
  'routes/office.credits[.]csv': only(ADMINS),
  'routes/office.time-sheets': only(ADMINS),
  'routes/office.payments._index': only(ADMINS),
  'routes/office.payments.new': only(ADMINS),
  'routes/office.payments.$id': only(ADMINS, { record: 'payment' }),
  'routes/office.settings.payments': only(ADMINS),
  'routes/office.pay-runs._index': only(ADMINS),
  'routes/office.pay-runs.new': only(ADMINS),
  'routes/office.pay-runs.$id': only(ADMINS, { record: 'payRun' }),
  'routes/office.pay-runs.$id_.statements.$tutorId[.]pdf': only(ADMINS, { record: 'payRun', params: { tutorId: 'tutor' } }),
  'routes/office.pay-runs.$id[.]csv': only(ADMINS, { record: 'payRun' }),

  'routes/office.reports._index': only(ADMINS),
  'routes/office.reports.lines': only(ADMINS),
  'routes/office.reports.attendance': only(ADMINS),
  'routes/office.reports.places': only(ADMINS),
  'routes/office.reports.utilisation': only(ADMINS),
  'routes/office.reports.outstanding': only(ADMINS),
  'routes/office.reports.credits': only(ADMINS),
  'routes/office.reports.$report': only(ADMINS, { params: { report: 'report' } }),
  'routes/office.reports.$report[.]csv': only(ADMINS, { params: { report: 'report' } }),

  'routes/invoices.$id[.]pdf': only([...ADMINS, ...CLIENT], { record: 'invoice', refused: 404 }),
  'routes/invoices.$id[.]csv': only([...ADMINS, ...CLIENT], { record: 'invoice', refused: 404 }),
  'routes/credit-notes.$id[.]pdf': only([...ADMINS, ...CLIENT], { record: 'creditNote', refused: 404 }),

  'routes/files.$id': only([...OFFICE, ...FAMILY], { record: 'file', refused: 404 }),

  'routes/tutor': only(TUTOR),
  'routes/tutor._index': only(TUTOR),
  'routes/tutor.calendar': only(TUTOR),
  'routes/tutor.settings': only(TUTOR),
  'routes/oauth.p.$installId': only(TUTOR, { params: { installId: 'install' }, foreign: TUTOR }),
  'routes/tutor.availability._index': only(TUTOR),
  'routes/tutor.availability.days': only(TUTOR),
  'routes/tutor.availability.time-off': only(TUTOR),
  'routes/tutor.closeouts': only(TUTOR),
  'routes/tutor.sessions.instant': only(TUTOR),
  'routes/tutor.sessions.$id._index': only(TUTOR, { record: 'session', hiddenFrom: TUTOR }),
  'routes/tutor.sessions.$id.close-out': only(TUTOR, { record: 'session', hiddenFrom: TUTOR }),
  'routes/tutor.sessions.$id.close-out_.send': only(TUTOR, { record: 'session', hiddenFrom: TUTOR }),
  'routes/tutor.sessions.$id.move': only(TUTOR, { record: 'session', hiddenFrom: TUTOR }),
  'routes/tutor.sessions.$id.cancel': only(TUTOR, { record: 'session', hiddenFrom: TUTOR }),
  'routes/tutor.book': only(TUTOR),
  'routes/tutor.prepare': only(TUTOR),
  'routes/tutor.students._index': only(TUTOR),
  'routes/tutor.students.$id': only(TUTOR, { record: 'student', hiddenFrom: TUTOR }),
  'routes/tutor.messages._index': only(TUTOR),
  'routes/tutor.messages.new': only(TUTOR),
  'routes/tutor.messages.$id': only(TUTOR, { record: 'conversation', hiddenFrom: TUTOR }),
  'routes/tutor.offers._index': only(TUTOR),
  'routes/tutor.offers.$id': only(TUTOR, { record: 'offer', hiddenFrom: TUTOR }),
  'routes/tutor.requests._index': only(TUTOR),
  'routes/tutor.requests.$id': only(TUTOR, { record: 'request', hiddenFrom: TUTOR }),
  'routes/tutor.time-sheet': only(TUTOR),
  'routes/tutor.pay._index': only(TUTOR),
  'routes/tutor.pay.$id': only(TUTOR, { record: 'payRun', hiddenFrom: TUTOR }),
  'routes/tutor.pay.$id[.]pdf': only(TUTOR, { record: 'payRun', hiddenFrom: TUTOR }),

  'routes/family': only(FAMILY),
  'routes/family._index': only(FAMILY),
  'routes/family.messages._index': only(FAMILY),
  'routes/family.messages.new': only(FAMILY),
  'routes/family.messages.$id': only(FAMILY, { record: 'conversation', hiddenFrom: FAMILY }),
  'routes/family.sessions._index': only(FAMILY),
  'routes/family.sessions.$id': only(FAMILY, { record: 'session', hiddenFrom: FAMILY }),
  'routes/family.sessions.$id_.move': only(FAMILY, { record: 'session', hiddenFrom: FAMILY }),
  'routes/family.sessions.$id_.cancel': only(FAMILY, { record: 'session', hiddenFrom: FAMILY }),
  'routes/family.progress': only(FAMILY),
  'routes/family.book': only(FAMILY),
  'routes/family.requests._index': only(FAMILY),
  'routes/family.requests.$id': only(FAMILY, { record: 'request', hiddenFrom: FAMILY }),
  'routes/family.statement': only(CLIENT),
  'routes/family.statement[.]pdf': only(CLIENT),
  'routes/family.payments': only(CLIENT),
  'routes/family.invoices._index': only(CLIENT),
  'routes/family.invoices.$id': only(CLIENT, { record: 'invoice', hiddenFrom: FAMILY }),
  'routes/family.credits': only(CLIENT),

  'routes/classroom.$id': only(EVERYONE, { record: 'session', foreign: OFFICE, refused: 404 }),
  'routes/sessions.instant.check': only([...OFFICE, ...TUTOR]),
  'routes/sessions.$id.opening': only([...OFFICE, ...TUTOR], { record: 'session', refused: 404 }),
  'routes/ready': only(EVERYONE),
  'routes/sessions.$id.ready': only(EVERYONE, { record: 'session', foreign: OFFICE, refused: 404 }),
  'routes/sessions.$id.join': only(EVERYONE, { record: 'session', foreign: OFFICE, refused: 404 }),
  'routes/sessions.$id.board': only(EVERYONE, { record: 'session', foreign: OFFICE, refused: 404 }),
  'routes/sessions.$id.board_.data': only(EVERYONE, { record: 'session', foreign: OFFICE, refused: 404 }),
  'routes/classroom.$id_.reopen': only([...OFFICE, ...TUTOR], { record: 'session', foreign: OFFICE, refused: 404 }),
  'routes/classroom.$id_.files._index': only(EVERYONE, { record: 'session', foreign: OFFICE, refused: 404 }),
  'routes/classroom.$id_.files.$file': only(EVERYONE, {
    ...{ record: 'session', params: { file: 'roomFile' }, foreign: OFFICE, refused: 404 },
  }),
  'routes/sessions.$id.close-out-draft': only([...OFFICE, ...TUTOR], { record: 'session', foreign: OFFICE, refused: 404 }),
  'routes/sessions.$id.files.$file': only(EVERYONE, {
    ...{ record: 'session', params: { file: 'sessionFile' }, foreign: OFFICE, refused: 404 },
  }),

  // By key, not by who is signed in: tests/integration/api.test.ts asks with and without.
  'routes/api.v1.tutors._index': open(),
  'routes/api.v1.tutors.$id': open({ record: 'tutor' }),
  'routes/api.v1.students._index': open(),
  'routes/api.v1.students.$id': open({ record: 'student' }),
  'routes/api.v1.programs._index': open(),
  'routes/api.v1.programs.$id': open({ record: 'program' }),
  'routes/api.v1.slots': open(),
  'routes/api.v1.sessions._index': open(),
  'routes/api.v1.sessions.$id._index': open({ record: 'session' }),
  'routes/api.v1.sessions.$id.move': open({ record: 'session' }),
  'routes/api.v1.sessions.$id.cancel': open({ record: 'session' }),
  'routes/api.v1.sessions.$id.close-out': open({ record: 'session' }),
  'routes/api.v1.$': open({ params: { '*': 'nothing' } }),
  'routes/api.v1.openapi[.]json': open(),
  'routes/api.v1.docs': open(),

  // Nothing is there, for anybody.
  'routes/$': open({ params: { '*': 'nothing' } }),
};
