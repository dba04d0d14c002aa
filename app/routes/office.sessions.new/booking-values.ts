import { currencyDigits, typedMoney } from '#app/domain/billing/money.ts';
import { type BookSessionInput, bookSessionSchema } from '#app/domain/scheduling/session.schema.ts';
import { typedCustom } from '#app/ui/custom-form.ts';
import type { FormValues } from '#app/ui/record-answer.ts';

/** The booking form as typed. */
export interface BookingValues {
  /** Of the session to be: chosen with the form, so that a double click books once. */
  id: string;
  programId: string;
  subjectId: string;
  tutorId: string;
  studentIds: string[];
  date: string;
  time: string;
  durationMinutes: string;
  mode: string;
  placeId: string;
  roomId: string;
  location: string;
  meetingInstallId: string;
  billable: boolean;
  title: string;
  description: string;
  plan: string;
  chargeRate: string;
  payRate: string;
  rateReason: string;
  overrule: boolean;
  /** Additional fields, by the names of their inputs. */
  custom: FormValues;
}

type TextField = Exclude<keyof BookingValues, 'studentIds' | 'billable' | 'overrule' | 'custom'>;

const textFields: readonly TextField[] = [
  'id',
  'programId',
  'subjectId',
  'tutorId',
  'date',
  'time',
  'durationMinutes',
  'mode',
  'placeId',
  'roomId',
  'location',
  'meetingInstallId',
  'title',
  'description',
  'plan',
  'chargeRate',
  'payRate',
  'rateReason',
];

export function typedBooking(form: FormData): BookingValues {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    ...(Object.fromEntries(textFields.map((name) => [name, text(name)])) as Record<TextField, string>),
    studentIds: [
      ...new Set(form.getAll('studentIds').filter((value): value is string => typeof value === 'string' && value !== '')),
    ],
    billable: form.get('billable') === 'on',
    overrule: form.get('overrule') === 'on',
    custom: typedCustom(form),
  };
}

/** True once enough is chosen for a dry run to say something. */
export function canCheck(values: BookingValues): boolean {
  const needed = [values.programId, values.subjectId, values.tutorId, values.date, values.time, values.durationMinutes];
  return needed.every((value) => value !== '') && values.studentIds.length > 0;
}

/** What the domain calls a field, and what the form calls it. */
const formNames: Record<string, string> = {
  wallStart: 'time',
  chargeRateOverride: 'chargeRate',
  payRateOverride: 'payRate',
  rateOverrideReason: 'rateReason',
  overruleStudentConflict: 'overrule',
};

export function formField(name: string): string {
  return formNames[name] ?? name;
}

interface Rules {
  currency: string;
  /** Who may not see a rate can't set one. */
  maySetCharge: boolean;
  maySetPay: boolean;
}

/** What the domain takes, or what is wrong at which field of the form. */
export function bookingInput(
  values: BookingValues,
  rules: Rules,
): { input: BookSessionInput } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const digits = currencyDigits(rules.currency);
  const rate = (name: 'chargeRate' | 'payRate', allowed: boolean): bigint | undefined => {
    if (!allowed || values[name] === '') return undefined;
    const amount = typedMoney(values[name], digits);
    if (amount === undefined || amount < 0n)
      errors[name] = `Enter an amount per hour, such as ${digits === 0 ? '45' : `45.${'0'.repeat(digits)}`}`;
    return amount;
  };
  const chargeRateOverride = rate('chargeRate', rules.maySetCharge);
  const payRateOverride = rate('payRate', rules.maySetPay);
  if (values.date === '') errors.date = 'Choose a date';
  if (values.time === '') errors.time = 'Choose a time';
  const parsed = bookSessionSchema.safeParse({
    ...(values.id === '' ? {} : { id: values.id }),
    tutorId: values.tutorId,
    studentIds: values.studentIds,
    programId: values.programId,
    subjectId: values.subjectId,
    wallStart: `${values.date}T${values.time}`,
    durationMinutes: /^\d+$/.test(values.durationMinutes) ? Number(values.durationMinutes) : 0,
    mode: values.mode,
    ...(values.mode === 'in_person'
      ? { location: values.location, placeId: values.placeId || null, roomId: values.roomId || null }
      : {}),
    ...(values.mode === 'online' && values.meetingInstallId !== '' ? { meetingInstallId: values.meetingInstallId } : {}),
    billable: values.billable,
    title: values.title,
    description: values.description,
    plan: values.plan,
    ...(chargeRateOverride === undefined ? {} : { chargeRateOverride }),
    ...(payRateOverride === undefined ? {} : { payRateOverride }),
    ...(chargeRateOverride === undefined && payRateOverride === undefined ? {} : { rateOverrideReason: values.rateReason }),
    overruleStudentConflict: values.overrule,
  });
  if ((chargeRateOverride !== undefined || payRateOverride !== undefined) && values.rateReason === '') {
    errors.rateReason = 'Say why the rate is set by hand';
  }
  if (values.mode === 'in_person' && !values.placeId && !values.roomId && values.location === '')
    errors.location = 'Choose a place, or say where it is';
  for (const issue of parsed.error?.issues ?? []) errors[formField(String(issue.path[0]))] ??= issue.message;
  return parsed.success && Object.keys(errors).length === 0 ? { input: parsed.data } : { errors };
}

/** A new form: as the link that led here asks for, the rest as usual. */
export function newBooking(
  params: URLSearchParams,
  defaults: Pick<BookingValues, 'id' | 'date' | 'programId' | 'durationMinutes'>,
): BookingValues {
  const given = (name: string) => params.get(name)?.trim() ?? '';
  const [date = '', time = ''] = given('start').split('T');
  return {
    id: defaults.id,
    programId: given('program') || defaults.programId,
    subjectId: given('subject'),
    tutorId: given('tutor'),
    studentIds: params.getAll('student'),
    date: date || defaults.date,
    time: time.slice(0, 5),
    durationMinutes: given('minutes') || defaults.durationMinutes,
    mode: given('mode') === 'in_person' ? 'in_person' : 'online',
    placeId: given('place'),
    roomId: given('room'),
    location: given('location'),
    meetingInstallId: '',
    billable: true,
    title: '',
    description: '',
    plan: '',
    chargeRate: '',
    payRate: '',
    rateReason: '',
    overrule: false,
    custom: {},
  };
}
