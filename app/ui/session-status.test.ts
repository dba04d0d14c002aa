import { describe, expect, it } from 'vitest';
import { statusOfSession } from './session-status.ts';

const now = new Date('2026-11-23T09:00:00Z');
const session = (over: Partial<Parameters<typeof statusOfSession>[0]> = {}) => ({
  status: 'scheduled',
  startsAt: new Date('2026-11-23T09:30:00Z'),
  endsAt: new Date('2026-11-23T10:30:00Z'),
  ...over,
});

describe("what a session's state is called", () => {
  it('a planned session is under way from its start and to close out from its end', () => {
    expect(statusOfSession(session(), now).label).toBe('Scheduled');
    expect(statusOfSession(session({ startsAt: now }), now).label).toBe('Under way');
    expect(statusOfSession(session({ startsAt: new Date(0), endsAt: now }), now).label).toBe('To close out');
  });

  it('a close-out that was sent back is said before anything else', () => {
    const past = { startsAt: new Date(0), endsAt: new Date(1), closeOutStatus: 'sent_back' };
    expect(statusOfSession(session(past), now).label).toBe('Sent back');
    expect(statusOfSession(session({ ...past, status: 'closed_out' }), now).label).toBe('Sent back');
  });

  it('a session that is over by its status stays what it is, whatever the hour', () => {
    expect(statusOfSession(session({ status: 'cancelled', startsAt: now }), now).label).toBe('Cancelled');
    expect(statusOfSession(session({ status: 'approved', startsAt: new Date(0), endsAt: now }), now).label).toBe('Approved');
  });
});
