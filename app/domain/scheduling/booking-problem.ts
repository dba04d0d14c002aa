/** Why something can't be booked, or should be looked at before it is. Browser-safe. */
export interface ClashingSession {
  id: string;
  ref: string;
  startsAt: Date;
  endsAt: Date;
  tutorName: string;
  studentNames: string[];
}

export interface BookingProblem {
  code:
    | 'tutor_conflict'
    | 'student_conflict'
    | 'room_conflict'
    | 'nonexistent_time'
    | 'off_grid'
    | 'missing_rate'
    | 'insufficient_credits'
    | 'in_the_past'
    | 'invalid_value'
    | 'provider_not_connected'
    | 'over_capacity'
    | 'not_taught'
    | 'outside_availability'
    | 'time_off'
    | 'closed'
    | 'too_soon'
    | 'beyond_horizon'
    | 'over_limit'
    | 'travel_conflict';
  severity: 'blocking' | 'warning';
  /** The field of the booking it is about. */
  field?: string;
  message: string;
  /** What it clashes with: all of it. */
  sessions?: ClashingSession[];
}

export const blocking = (problems: readonly BookingProblem[]) => problems.filter((problem) => problem.severity === 'blocking');
