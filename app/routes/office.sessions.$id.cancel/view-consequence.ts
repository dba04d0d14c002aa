import type { CancellationPreview } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { formatCredits, formatMoney } from '#app/ui/format.ts';
import { type Reader, stampText } from '#app/ui/session-when.ts';
import { waiverText } from '#app/ui/waiver-words.ts';

interface Sight {
  currency: string;
  reader: Reader;
  /** May see what the family is charged. */
  money: boolean;
  /** May see what the tutor is paid. */
  pay: boolean;
  tutorName: string;
}

export interface Consequence {
  late: boolean;
  title: string;
  text: string;
  lines: { name: string; text: string }[];
  /** What the button says. */
  confirm: string;
}

/** What cancelling would mean, in numbers, before it is done. */
export function viewConsequence(preview: CancellationPreview, { currency, reader, money, pay, tutorName }: Sight): Consequence {
  const { places, late, everybody, noticeHours, deadline, families } = preview;
  const told = `${families === 1 ? '1 family is' : `${families} families are`} told by mail${everybody ? `, and ${tutorName} is free then` : `; ${tutorName} still teaches the others`}.`;
  const notice = late
    ? `In time was until ${stampText(reader, deadline)} (${noticeHours} h before the start).${stepText(preview, reader)}`
    : 'Nothing is charged, and credits that were taken come back.';
  const paid =
    late && pay && preview.pay !== null
      ? ` ${tutorName} ${preview.pay === 0n ? 'is paid nothing for it' : `is paid ${formatMoney(preview.pay, currency, reader.locale)}`}.`
      : '';
  return {
    late,
    title: late ? 'This is a late cancellation' : 'This is in time',
    text: `${notice}${paid} ${told}`,
    lines: places.map((place) => ({ name: place.name, text: lineText(place, { currency, reader, money }) })),
    confirm: everybody ? 'Cancel the session' : `Cancel for ${places.map((place) => place.name).join(', ')}`,
  };
}

function stepText({ underHours, nextStep }: CancellationPreview, reader: Reader): string {
  if (underHours !== null) return ` This is with less than ${underHours} h of notice.`;
  return nextStep ? ` From ${stampText(reader, nextStep.at)} on it is ${nextStep.chargePercent}%.` : '';
}

function lineText(
  place: CancellationPreview['places'][number],
  { currency, reader, money }: Pick<Sight, 'currency' | 'reader' | 'money'>,
): string {
  if (place.waiver) return waiverText(place.waiver, reader.locale);
  const parts: string[] = [];
  if (place.creditsReturned !== null) {
    const back = formatCredits(place.creditsReturned, reader.locale);
    parts.push(
      place.creditsReturned === 0n
        ? 'no credit comes back'
        : `${back} ${place.creditsReturned === 100n ? 'credit comes' : 'credits come'} back`,
    );
  }
  if (place.fee !== null && money) parts.push(`${formatMoney(place.fee, currency, reader.locale)} is charged`);
  if (place.chargePercent !== '0') {
    const whole = place.fee !== null && place.full !== null && money ? formatMoney(place.full, currency, reader.locale) : null;
    parts.push(`${place.chargePercent}% of ${whole ?? 'the session'}`);
  }
  return parts.length === 0 ? 'nothing is charged' : parts.join(', ');
}
