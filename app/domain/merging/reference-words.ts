/** What hangs on a person, as people call it; what isn't named goes by its table. Browser-safe. */
const words: Readonly<Record<string, [one: string, many: string]>> = {
  session: ['session', 'sessions'],
  attendance: ['place in a session', 'places in sessions'],
  session_resource: ['planned time', 'planned times'],
  series: ['series', 'series'],
  engagement: ['engagement', 'engagements'],
  request: ['request', 'requests'],
  booking_request: ['booking request', 'booking requests'],
  invoice: ['invoice', 'invoices'],
  payment: ['payment', 'payments'],
  credit_lot: ['package of credits', 'packages of credits'],
  student: ['student', 'students'],
  note: ['note', 'notes'],
  file: ['file', 'files'],
  task: ['task', 'tasks'],
  rate: ['rate', 'rates'],
  availability_rule: ['span of weekly hours', 'spans of weekly hours'],
  time_off: ['time off', 'times off'],
  tag_use: ['tag', 'tags'],
  clearance: ['clearance', 'clearances'],
  charge: ['charge', 'charges'],
  pay_item: ['line of pay', 'lines of pay'],
  cancellation: ['cancellation', 'cancellations'],
  place: ['place', 'places'],
  availability_exception: ['day with other hours', 'days with other hours'],
  series_student: ['place in a series', 'places in series'],
  course_enrolment: ['course enrolment', 'course enrolments'],
  waiting_list: ['place on a waiting list', 'places on waiting lists'],
  hold: ['time held', 'times held'],
  student_guardian: ['guardian', 'guardians'],
  tutor_exclusion: ['tutor ruled out', 'tutors ruled out'],
  checklist_tick: ['tick of a checklist', 'ticks of a checklist'],
  matching_pick: ['proposal of a matching', 'proposals of a matching'],
  matching_wish: ['pin or veto', 'pins and vetoes'],
  offer_tutor: ['offer', 'offers'],
  goal: ['goal', 'goals'],
  session_file: ['file of a session', 'files of sessions'],
  make_up: ['lesson to make up for', 'lessons to make up for'],
  feedback: ['word of feedback', 'words of feedback'],
  conversation: ['conversation', 'conversations'],
  conversation_message: ['message', 'messages'],
};

/** "3 sessions, 1 note" */
export function hangingWords(rows: readonly { table: string; count: number }[]): string {
  return rows
    .map(({ table, count }) => {
      const [one, many] = words[table] ?? [table.replaceAll('_', ' '), table.replaceAll('_', ' ')];
      return `${count} ${count === 1 ? one : many}`;
    })
    .join(', ');
}
