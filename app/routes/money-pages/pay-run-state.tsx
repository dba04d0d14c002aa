import { StatusBadge } from '#app/ui/status-badge.tsx';

export function PayRunState({ status }: { status: string }) {
  if (status === 'void') return <StatusBadge label="Void" tone="quiet" />;
  if (status === 'paid') return <StatusBadge label="Paid" tone="good" />;
  if (status === 'exported') return <StatusBadge label="Exported" tone="neutral" />;
  return <StatusBadge label="Approved" tone="live" />;
}

/** "Paid weekly", "Everybody", "Off the calendar". */
export function payRunWhom(run: { payGroupName: string | null; offCycle: boolean; ofAll: boolean }): string {
  if (run.offCycle) return 'Off the calendar';
  return run.payGroupName ?? (run.ofAll ? 'Everybody' : 'In no pay group');
}
