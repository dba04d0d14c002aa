import type { AppContext } from '#app/context.ts';
import { coursePrice } from '#app/domain/groups/course-price.ts';
import { getCourse, listEnrolments } from '#app/domain/groups/course-queries.server.ts';
import { listWaiting } from '#app/domain/groups/waiting-queries.server.ts';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import { listStudentChoices } from '#app/domain/people/choice-queries.server.ts';
import { listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import { formatCredits, formatMoney } from '#app/ui/format.ts';
import { found } from '#app/ui/record-param.server.ts';
import { viewSession } from '#app/ui/session-view.ts';
import { dayText, type Reader } from '#app/ui/session-when.ts';
import { inSentence, viewWaiting } from './view-waiting.ts';

interface Who {
  context: AppContext;
  organisation: Organisation;
  reader: Reader;
}

/** A course's page: who is in it, who waits, its sessions, and what it is sold for. */
export async function loadCourse({ context, organisation, reader }: Who, id: string) {
  const { db } = context;
  const course = await found(getCourse(db, reader.now, id));
  const [enrolments, waiting, sessions, students, reasons] = await Promise.all([
    listEnrolments(db, id),
    listWaiting(db, reader.now, { seriesId: course.seriesId }),
    listSessions(db, { seriesId: course.seriesId, limit: 200 }),
    listStudentChoices(db),
    listReasonChoices(db, 'office'),
  ]);
  const money = (amount: bigint) => formatMoney(amount, organisation.currency, reader.locale);
  const inIt = new Set(enrolments.filter((one) => one.leftAt === null).map((one) => one.studentId));
  const prices = { left: course.left, all: course.sessions };
  const part = coursePrice(course.price, prices, 'pro_rata');
  return {
    course: {
      id: course.id,
      name: course.name,
      description: course.description,
      archived: course.archivedAt !== null,
      full: course.enrolled >= course.capacity,
      over: course.left === 0,
      places: `${course.enrolled} of ${course.capacity}`,
      sessions: `${course.left} of ${course.sessions} left`,
      price: course.price === null ? 'Each session by itself' : `${money(course.price)}, net`,
      enrolUntil: course.enrolUntil ? dayText(reader, new Date(`${course.enrolUntil}T12:00:00Z`)) : '',
      inStorefront: course.inStorefront,
      tutor: { id: course.tutorId, name: course.tutorName },
      program: { id: course.programId, name: course.programName },
      subject: course.subjectName,
      seriesId: course.seriesId,
    },
    /** Of a course that has begun and has a price: the whole, or the part that is left. */
    prices:
      course.price !== null && part !== null && course.left < course.sessions
        ? { full: money(course.price), part: money(part), left: course.left, all: course.sessions }
        : null,
    enrolments: enrolments.map((one) => ({
      id: one.id,
      student: { id: one.studentId, name: one.studentName },
      client: { id: one.clientId, name: one.clientName },
      since: inSentence(dayText(reader, one.enrolledAt)),
      left: one.leftAt ? inSentence(dayText(reader, one.leftAt)) : '',
      price: one.price === null ? '' : money(one.price),
      package: one.lotRef ?? '',
      creditsLeft: one.creditsLeft ? `${formatCredits(one.creditsLeft, reader.locale)} credits of it are free` : '',
      invoiced: one.invoiced,
    })),
    waiting: viewWaiting(waiting, reader),
    sessions: sessions.map((session) => {
      const {
        when,
        href,
        id: sessionId,
        status,
        students: people,
      } = viewSession(session, {
        reader,
        joinWindowMinutes: organisation.joinWindowMinutes,
        base: '/office/sessions',
        office: true,
      });
      return {
        id: sessionId,
        href,
        when: `${when.day}, ${when.time}`,
        status,
        coming: people.filter((one) => one.expected).length,
      };
    }),
    students: students
      .filter((student) => !inIt.has(student.id))
      .map(({ id: studentId, name, clientName }) => ({ id: studentId, name: `${name} (${clientName})` })),
    reasons,
  };
}
