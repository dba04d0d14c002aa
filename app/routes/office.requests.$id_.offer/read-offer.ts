import { currencyDigits, typedMoney } from '#app/domain/billing/money.ts';
import { type OfferValues, offerSchema } from '#app/domain/offers/offer.schema.ts';
import { minuteOfTime } from '#app/domain/scheduling/repeat.ts';
import { type Read, readRecord, typedValues } from '#app/ui/record-form.server.ts';

interface Rules {
  requestId: string;
  subjectId: string;
  zone: string;
  currency: string;
  /** Who may not set a rate sends none, whatever the form says. */
  maySetRates: boolean;
}

/** An offer as its form says it. One tutor is asked alone, several in turn or at once. */
export function readOffer(form: FormData, { requestId, subjectId, zone, currency, maySetRates }: Rules): Read<OfferValues> {
  const errors: Record<string, string> = {};
  const digits = currencyDigits(currency);
  const rate = (name: string): bigint | null => {
    const text = String(form.get(name) ?? '').trim();
    if (!maySetRates || text === '') return null;
    const amount = typedMoney(text, digits);
    if (amount === undefined || amount < 0n)
      errors[name] = `Enter an amount per hour, such as ${digits === 0 ? '45' : `45.${'0'.repeat(digits)}`}`;
    return amount ?? null;
  };
  const times = readTimes(form);
  if (times === undefined) errors.times = 'Enter a day and a time on each line, or leave both empty';
  const tutorIds = inTurn(form);
  const [chargeRate, payRate] = [rate('chargeRate'), rate('payRate')];
  const read = readRecord(offerSchema, form, {
    lists: ['tutorIds', 'weekday', 'time'],
    shape: (input) => {
      const terms = (input.terms ?? {}) as Record<string, unknown>;
      const inPerson = terms.mode === 'in_person';
      return {
        ...input,
        ...{ requestId, subjectId, tutorIds, chargeRate, payRate },
        kind: tutorIds.length === 1 ? 'one' : input.kind,
        terms: { ...terms, ...(inPerson ? {} : { placeId: '', location: '' }), times: times ?? [], zone },
      };
    },
  });
  if (read.ok && Object.keys(errors).length === 0) return read;
  const answer = read.ok ? { errors: {}, values: typedValues(form) } : read.answer;
  return { ok: false, answer: { ...answer, errors: { ...answer.errors, ...errors } } };
}

/** The chosen tutors by the turn that was written beside them. */
function inTurn(form: FormData): string[] {
  const turn = (id: string) => Number(form.get(`turn.${id}`) || Number.MAX_SAFE_INTEGER);
  const ids = [...new Set(form.getAll('tutorIds').filter((value): value is string => typeof value === 'string'))];
  return ids
    .map((id, i) => ({ id, i, at: turn(id) }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ id }) => id);
}

/** Lines of day and time, each once; undefined where one is half said. */
function readTimes(form: FormData): { weekday: number; startMinute: number }[] | undefined {
  const times = form.getAll('time').map(String);
  const lines = form.getAll('weekday').map((day, i) => ({ day: String(day), time: times[i] ?? '' }));
  const said = lines.filter(({ day, time }) => day !== '' || time !== '');
  if (!said.every(({ day, time }) => /^[1-7]$/.test(day) && /^([01]\d|2[0-3]):[0-5]\d$/.test(time))) return undefined;
  const week = new Map(
    said.map(({ day, time }) => [`${day} ${time}`, { weekday: Number(day), startMinute: minuteOfTime(time) }]),
  );
  return [...week.values()].sort((a, b) => a.weekday - b.weekday || a.startMinute - b.startMinute);
}
