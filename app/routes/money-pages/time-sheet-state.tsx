import { StatusBadge } from '#app/ui/status-badge.tsx';

export function TimeSheetState({ entry }: { entry: { status: string; runId: string | null } }) {
  if (entry.status === 'sent_back') return <StatusBadge label="Sent back" tone="attention" />;
  if (entry.status === 'submitted') return <StatusBadge label="Waits for the office" tone="neutral" />;
  return entry.runId ? <StatusBadge label="In a pay run" tone="good" /> : <StatusBadge label="Approved" tone="live" />;
}
