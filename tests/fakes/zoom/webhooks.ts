/** What Zoom tells of one meeting: it began, Ana came, left, came back and left, it ended. */
export function meetingEvents(ref: string, now: Date): unknown[] {
  const at = (minute: number) => new Date(now.getTime() + (minute - 60) * 60_000).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const object = {
    ...{ id: ref, uuid: '4444AAAiAAAAAiAiAiiAii==', host_id: 'user-ana', topic: 'Algebra', type: 2 },
    ...{ start_time: at(0), duration: 60, timezone: 'Europe/Dublin' },
  };
  const told = (event: string, minute: number, over: Record<string, unknown> = {}) => ({
    event,
    event_ts: Date.parse(at(minute)) + 350,
    payload: { account_id: 'acct-3f9a', object: { ...object, ...over } },
  });
  const ana = (user_id: string, over: Record<string, unknown>) => ({
    participant: {
      ...{ id: 'user-ana', user_id, user_name: 'Ana Núñez', email: 'ana@example.com', participant_uuid: `uuid-${user_id}` },
      ...over,
    },
  });
  return [
    told('meeting.started', 0),
    told('meeting.participant_joined', 0, ana('16778240', { join_time: at(0) })),
    told('meeting.participant_left', 20, ana('16778240', { leave_time: at(20), leave_reason: 'left the meeting' })),
    told('meeting.participant_joined', 22, ana('16779264', { join_time: at(22) })),
    told('meeting.participant_left', 60, ana('16779264', { leave_time: at(60), leave_reason: 'host ended the meeting' })),
    told('meeting.ended', 60, { end_time: at(60) }),
  ];
}
