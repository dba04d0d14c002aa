import type { MeetingCapabilities } from '#plugins/contract/index.ts';

interface Room {
  name: string;
  /** null: its code is gone, nobody knows. */
  capabilities: Pick<MeetingCapabilities, 'maxParticipants'> | null;
}

/** Why so many students and their tutor don't fit in a room there, for whoever books it; undefined when they do. */
export function seatsProblem({ name, capabilities }: Room, students: number): string | undefined {
  const most = capabilities?.maxParticipants ?? null;
  if (most === null || students + 1 <= most) return undefined;
  const takes = most === 2 ? 'one student' : `${most - 1} students`;
  return `${name} takes one tutor and ${takes}, and this session has ${students}. Choose another provider for it.`;
}
