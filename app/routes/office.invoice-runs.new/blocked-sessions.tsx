import { leftOutLabel, leftOutMeaning } from '#app/domain/billing/invoice-run.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { DoAll, intentOf, WaitingSection, WaitingSessions, type WaitsFor } from '../money-pages/waiting-sessions.tsx';
import type { loadWizard } from './load.server.ts';

type Check = NonNullable<Awaited<ReturnType<typeof loadWizard>>['check']>;

interface Props {
  reason: WaitsFor;
  group: Check['unclosed'];
  answer: Pick<Refusal, 'errors' | 'form'> | undefined;
  mayAct: boolean;
}

/** Sessions that wait for a close-out or for its approval, each with the button that does it, and one for all of them. */
export function BlockedSessions({ reason, group, answer, mayAct }: Props) {
  if (group.count === 0) return null;
  const begun = group.rows.filter((session) => session.begun).map((session) => session.sessionId);
  return (
    <WaitingSection
      id={reason}
      label={leftOutLabel(reason)}
      meaning={leftOutMeaning(reason)}
      count={group.count}
      shown={group.rows.length}
      action={mayAct ? <DoAll waitsFor={reason} sessionIds={begun} /> : null}
    >
      {answer?.form === intentOf(reason) ? <ErrorSummary errors={answer.errors} /> : null}
      <WaitingSessions caption={leftOutLabel(reason)} waitsFor={reason} sessions={group.rows} mayAct={mayAct} />
    </WaitingSection>
  );
}
