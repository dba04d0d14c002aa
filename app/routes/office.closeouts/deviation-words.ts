import type { Deviation } from '#app/domain/closeout/deviations.ts';
import { outcomeView } from '#app/ui/session-status.ts';
import type { Tone } from '#app/ui/status-badge.tsx';

/** What is worth a look, in a few words. `began`: on the reader's clock; `privateNote`: what the tutor wrote to the office. */
export function deviationText(deviation: Deviation, { began, privateNote }: { began: string; privateNote: string }): string {
  switch (deviation.kind) {
    case 'outcome':
      return `${deviation.name}: ${outcomeView(deviation.outcome).label.toLowerCase()}`;
    case 'unseen':
      return `${deviation.name} attended, it says, but ${deviation.byLink ? 'did not come by our link' : 'was not seen in the room'}`;
    case 'seen':
      return `${deviation.name} did not come, it says, but ${deviation.minutes === null ? 'came by our link' : `was in the room for ${deviation.minutes} min`}`;
    case 'tutor_unseen':
      return 'The tutor was not seen in the room';
    case 'room':
      return `${deviation.told} min, it says; they were in the room together for ${deviation.seen}`;
    case 'minutes': {
      const by = Math.abs(deviation.told - deviation.planned);
      return `${by} min ${deviation.told < deviation.planned ? 'less' : 'more'}: ${deviation.told} instead of ${deviation.planned}`;
    }
    case 'paid_minutes':
      return `${deviation.paid} min to pay, ${deviation.billed} to bill`;
    case 'start':
      return `Began ${Math.abs(deviation.by)} min ${deviation.by > 0 ? 'late' : 'early'}, at ${began}`;
    case 'miles':
      return `${deviation.told} miles; from ${deviation.from} it is ${deviation.proposed} one way`;
    case 'private_note':
      return `For the office: ${privateNote}`;
    case 'sent_back':
      return `Written anew after it was sent back: ${deviation.reason}`;
  }
}

/** Red where it says one thing and the room another. */
export function deviationTone(deviation: Deviation): Tone {
  if (['tutor_unseen', 'seen', 'room'].includes(deviation.kind)) return 'bad';
  if (deviation.kind === 'unseen') return deviation.byLink ? 'neutral' : 'bad';
  return deviation.kind === 'private_note' || deviation.kind === 'sent_back' ? 'neutral' : 'attention';
}
