import type { SectionAnswer } from '#app/ui/session-sections.tsx';
import { GuestLinks } from './guest-links.tsx';
import type { OnlinePart as OnlinePartView } from './load-online-part.server.ts';
import { PresenceSection } from './presence-section.tsx';
import { ReadySection } from './ready-section.tsx';

interface Props {
  part: OnlinePartView | null;
  formId: string;
  answer: SectionAnswer | undefined;
}

/** What the pages of an online session say of joining, for the office and the tutor. */
export function OnlinePart({ part, formId, answer }: Props) {
  if (!part) return null;
  return (
    <>
      <PresenceSection presence={part.presence} />
      <ReadySection ready={part.ready} />
      <GuestLinks guests={part.guests} formId={formId} answer={answer} />
    </>
  );
}
