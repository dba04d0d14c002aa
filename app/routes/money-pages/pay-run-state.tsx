import { StatusBadge } from '#app/ui/status-badge.tsx';

export function PayRunState({ status }: { status: string }) {
  if (status === 'void') return <StatusBadge label="Void" tone="quiet" />;
  if (status === 'exported') return <StatusBadge label="Exported" tone="good" />;
  return <StatusBadge label="Approved" tone="live" />;
}
