/** What a program's kinds and charge bases are called; browser-safe, no schema. */
export const KINDS: Record<string, string> = { one_to_one: 'One-to-one', group: 'Group', course: 'Course' };
export const BASES: Record<string, string> = { per_student: 'Each student pays the rate', split: 'The students share the rate' };
export const COMPLETIONS: Record<string, string> = {
  auto: 'By itself, at its end',
  closeout: 'When the tutor has closed it out',
  approval: 'When the office has approved the close-out',
};
export const PAY_BASES: Record<string, string> = { tutor_pay: "The tutor's own rate", session_fee: 'The fee of the session' };
export const MAKE_UPS: Record<string, string> = {
  never: 'Nothing',
  late_cancel: 'What is cancelled late',
  no_show: 'What a student does not come to',
  both: 'Both',
};
export const TWO_DURATIONS: Record<string, string> = { false: 'One time for both', true: 'Told apart at close-out' };
