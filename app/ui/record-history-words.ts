import type { AuditRow } from '#app/domain/audit/queries.server.ts';

export interface HistoryLine {
  id: string;
  at: Date;
  by: string;
  what: string;
  changes: string[];
}

const verbs: Record<string, string> = {
  up: 'Moved up in the list',
  down: 'Moved down in the list',
  create: 'Added',
  edit: 'Changed',
  archive: 'Archived',
  restore: 'Brought back',
  end: 'Ended',
  correct: 'Corrected',
  remove: 'Removed',
  invite: 'Invited to sign in',
  link: 'Linked to a user',
  tag: 'Tagged',
  untag: 'Tag taken away',
  edit_booking: 'Booking settings changed',
  edit_policies: 'Policies changed',
  edit_scheduling: 'Rules of planning changed',
  edit_matching: 'Matching changed',
};

/** Actions whose last word alone would not say what was done. */
const actions: Record<string, string> = {
  'availability.set': 'Weekly hours saved',
  'availability.add_day': 'A day that differs added',
  'availability.remove_day': 'A day that differs removed',
  'closeout.submit': 'Closed out',
  'closeout.submit_approved': 'Closed out and approved',
  'closeout.approve': 'Close-out approved',
  'closeout.send_back': 'Close-out sent back',
  'closeout.auto': 'Counted as given, by itself',
  'checklist.tick': 'Ticked in the checklist',
  'checklist.untick': 'Tick taken away',
  'session.book': 'Booked',
  'session.cancel': 'Cancelled',
  'session.add_student': 'Student added',
  'course.enrol': 'Somebody enrolled',
  'course.leave': 'Somebody left',
  'waiting_list.join': 'Put on the waiting list',
  'waiting_list.offer': 'Offered a place',
  'waiting_list.leave': 'Taken off the waiting list',
  'session.restore': 'Cancellation taken back',
  'session.replaced': 'Booked again',
  'session.replaces': 'Booked in place of another',
  'session.reschedule': 'Moved',
  'session.plan': 'Plan written',
  'session.ask': 'Question asked',
  'session.credit': 'Credits adjusted',
  'session.correct': 'Corrected after it was billed or paid',
  'session.add_material': 'Material added',
  'session.remove_material': 'Material removed',
  'meeting.retry': 'Meeting tried again',
  'meeting.provider': 'Meeting provider changed',
  'calendar_feed.create': 'Calendar address made',
  'calendar_feed.revoke': 'Calendar address taken back',
  'api_key.create': 'Made',
  'api_key.revoke': 'Taken back',
  'engagement.create': 'Engaged',
  'engagement.chase': 'Tutor reminded that nothing is planned',
  'engagement.tell_office': 'Office told that nothing is planned',
  'request.create': 'Request taken',
  'request.edit': 'Request changed',
  'request.move': 'Moved to',
  'request.won': 'Came to an engagement',
  'request.lost': 'Closed without a tutor',
  'request.reopen': 'Opened again',
  'request.assign': 'Given to somebody to work on',
  'task.raise': 'Made by an event',
  'task.settle': 'Done by itself',
  'task.add': 'Written down',
  'task.finish': 'Done',
  'task.reopen': 'Opened again',
  'request.ask': 'Change asked for',
  'request.accept': 'Request accepted',
  'request.decline': 'Request declined',
  'request.propose': 'Other times offered',
  'request.pass_on': 'Request passed on to the office',
  'request.take_proposal': 'Offered time taken',
  'request.refuse_proposal': 'Offered times refused',
  'request.withdraw': 'Request withdrawn',
  'credit_note.issue': 'Credit note issued',
  'statement.send': 'Statement mailed',
  'pro_forma.send': 'Pro forma mailed',
  'invoice.write_off': 'Given up',
  'organisation.logo': 'Logo of documents changed',
  'organisation.money': 'Settings of money changed',
  'number_series.edit': 'Numbers of documents changed',
  'file.add': 'File added',
  'file.remove': 'File removed',
  'note.add': 'Note written',
  'note.edit': 'Note changed',
  'note.remove': 'Note removed',
  'organisation.edit_people': 'Rules about people and files changed',
  'guardian.add': 'Guardian added',
  'guardian.edit': 'Guardian changed',
  'guardian.remove': 'Guardian removed',
  'invoice_run.confirm': 'Confirmed',
  'invoice_run.propose': 'Put forward for a second person',
  'invoice_run.send_back': 'Sent back',
  'invoice_run.send': 'Invoices sent',
  'client.hold': 'Invoices held',
  'client.release': 'Invoices let go',
  'charge.add': 'Line added to the next invoice',
  'charge.discount': 'Discount given',
  'charge.write_off': 'Line written off',
  'charge.remove': 'Line taken away',
  'invoice_run.issue': 'Issued',
  'package.sell': 'Package sold',
  'credits.gift': 'Credits given',
  'credits.correct': 'Credits corrected',
  'credits.transfer': 'Credits moved',
  'credits.top_up': 'Topped up by itself',
  'credits.watch': 'When credits are low changed',
  'credits.last_day': 'Last day of credits changed',
  'payment.record': 'Payment recorded',
  'pay_adjustment.add': 'Added',
  'pay_item.correct': 'Corrected',
  'pay_run.approve': 'Approved',
  'pay_run.export': 'Exported',
  'pay_run.void': 'Made void',
  'place.bill_again': 'To be billed again',
  'place.remove_travel': 'A way to another place removed',
  'place.travel': 'A way to another place said',
  'plugin.add': 'Added',
  'plugin.default': 'Made the usual one',
  'plugin.settings': 'Settings changed',
  'plugin.lengths': 'Lengths changed',
  'plugin.state': 'Switched',
  'tutor.add_clearance': 'Clearance added',
  'tutor.edit_clearance': 'Clearance corrected',
  'tutor.remove_clearance': 'Clearance removed',
  'tutor.clearance_valid': 'Clearance found in order',
  'tutor.clearance_rejected': 'Clearance not accepted',
  'tutor.clearance_to_check': 'Clearance to be checked again',
  'tutor.remind_clearance': 'Reminded of a clearance',
  'tutor.status': 'Status changed',
  'tutor.absence': 'Away: sessions dealt with',
  'student.exclude_tutor': 'A tutor ruled out',
  'student.readmit_tutor': 'A tutor no longer ruled out',
  'time_off.approve': 'Time off approved',
  'time_off.decline': 'Time off declined',
  'time_off.give': 'Time off given',
  'time_off.request': 'Time off asked for',
  'time_off.withdraw': 'Time off taken back',
  'user.accept': 'Invitation accepted',
  'user.disable': 'Disabled',
  'user.enable': 'Enabled again',
  'user.invite_again': 'Invited again',
  'user.password': 'Password changed',
  'user.reset': 'Password reset',
  'user.reset_asked': 'Password reset asked for',
  'user.roles': 'Roles changed',
};

const fields: Record<string, string> = {
  visibility: 'who sees it',
  body: 'what it says',
  getsMails: 'gets mails',
  label: 'name',
  saidBy: 'who may give it',
  firstName: 'first name',
  homeAddress: 'home address',
  homeLatitude: 'home on the map',
  homeLongitude: 'home on the map',
  reachMinutes: 'minutes on the way',
  wishedHoursPerWeek: 'hours wished',
  payGroupId: 'pay group',
  calendar: 'how often it is paid',
  teachesOnline: 'teaches online',
  teachesInPerson: 'teaches in person',
  remindDays: 'reminders',
  validMonths: 'good for months',
  lastName: 'last name',
  email: 'e-mail',
  timezone: 'time zone',
  maxHoursPerWeek: 'hours a week',
  bufferMinutes: 'minutes between sessions',
  personalRoomUrl: 'own room',
  billingInstallId: 'billing',
  meetingInstallId: 'meeting provider',
  clientId: 'who pays',
  whoMaySchedule: 'who may schedule',
  hoursPerWeek: 'hours a week',
  defaultMinutes: 'usual length',
  startsOn: 'from',
  endsOn: 'until',
  grade: 'grade',
  sessionMinutes: 'minutes a session',
  sessionsPerWeek: 'sessions a week',
  subjectId: 'subject',
  programId: 'program',
  levelId: 'level',
  wishGender: 'tutor’s gender',
  wishLanguages: 'languages',
  wishTutorId: 'tutor they know',
  assigneeId: 'who works on it',
  dueOn: 'day',
  dueInDays: 'days to do it',
  taxPercent: 'tax %',
  validDays: 'valid for days',
  perStudent: 'for one child alone',
  chargeBasis: 'charged',
  defaultDuration: 'default length',
  durations: 'lengths',
  policyOverrides: 'rules of its own',
  schedulingOverrides: 'rules of planning',
  inStorefront: 'on the booking page',
  storefrontText: 'text for guests',
  placeId: 'place',
  amountPerHour: 'amount',
  basis: 'by',
  percent: 'share of the fees',
  minimum: 'least amount',
  validFrom: 'from',
  validTo: 'until',
  gridMinutes: 'grid',
  joinWindowMinutes: 'join window',
  supportContact: 'support contact',
  taxNumber: 'tax number',
  no_show: 'no-show',
  late_cancel: 'late cancellation',
  custom: 'additional fields',
  seenBy: 'who sees it',
  editedBy: 'who fills it in',
  inPublicForm: 'in the public form',
  inList: 'in the list',
  inMail: 'in mails',
  filterable: 'filter',
};

/** What the log says of a record, in words. */
export function historyLine(row: AuditRow): HistoryLine {
  const verb = row.action.slice(row.action.indexOf('.') + 1);
  const edited = isRecord(row.before) && isRecord(row.after);
  const changes = edited ? changesOf(row.before as Values, row.after as Values) : [];
  return {
    id: row.id.toString(),
    at: row.at,
    by: row.by,
    what: actions[row.action] ?? verbs[verb] ?? sentence(verb),
    changes: row.reason ? [...changes, row.reason] : changes,
  };
}

/** What a kind of record or an action is called: `close_out` -> close out. */
export const sentence = (code: string) => {
  const words = code.replaceAll(/[._]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

type Values = Record<string, unknown>;

function changesOf(before: Values, after: Values): string[] {
  return Object.keys(after).map((key) => {
    const name = fields[key] ?? key.replaceAll('_', ' ');
    const [was, is] = [short(before[key]), short(after[key])];
    return was === null || is === null ? name : `${name} ${was} → ${is}`;
  });
}

/** A value worth showing; null for ids, lists of records, and what the log does not keep. */
function short(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value.join(', ');
  if (typeof value !== 'string' || value === '·' || value.length > 60 || /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value)) return null;
  return value;
}

const isRecord = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);
