import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import { sendBackCloseOut } from '#app/domain/closeout/send-back-close-out.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { families } from './company.ts';
import { lessonWords } from './lesson-words.ts';
import { type DemoSession, type Ending, tutorOf } from './plan.ts';
import { chance, idOf } from './random.ts';
import { programIdOf, subjectIdOf, userIdOf } from './seed-people.server.ts';
import { homeIdOf, studyPlaceId } from './seed-places.server.ts';

const scheduler: Actor = { userId: userIdOf('scheduler'), kind: 'user' };
const admin: Actor = { userId: userIdOf('admin'), kind: 'user' };

export function tutorActor(session: DemoSession): Actor {
  return { userId: userIdOf(session.tutor === 0 ? 'tutor' : tutorOf(session).key), kind: 'user' };
}

/** Something that happened, at a time of its own. */
export interface Happening {
  at: Date;
  tell: (trx: Transaction<DB>, ctx: DomainContext) => Promise<unknown>;
}

/** Past sessions are booked as of now, so that nobody is mailed about them; the coming ones as of now too. */
export function bookDemoSession(trx: Transaction<DB>, ctx: DomainContext, session: DemoSession): Promise<unknown> {
  return bookSession(
    trx,
    ctx,
    { ...scheduler, at: bookedAt(session, ctx.clock()) },
    {
      id: session.id,
      tutorId: tutorOf(session).id,
      studentIds: session.students.map((student) => student.id),
      programId: programIdOf(session.program),
      subjectId: subjectIdOf(session.subject),
      wallStart: session.wallStart,
      durationMinutes: session.minutes,
      mode: session.mode,
      location: session.location,
      placeId: placeOf(session),
      billable: session.billable,
      title: session.title,
      plan: chance('planned', session.key) < 0.5 ? lessonWords(session.subject, session.key).plan : '',
    },
  );
}

function placeOf(session: DemoSession): string | null {
  if (session.mode === 'online') return null;
  const family = families[session.students[0]?.familyIndex ?? 0];
  return session.program === 'home' && family ? homeIdOf(family) : studyPlaceId;
}

/** A week or two ahead, in office hours of some day. */
function bookedAt(session: DemoSession, now: Date): Date {
  const ahead = addMinutes(session.startsAt, -(8 + Math.floor(chance('ahead', session.key) * 12)) * 24 * 60 - 95);
  return ahead < now ? ahead : addMinutes(now, -60);
}

/** What became of a session, as it happened. */
export function happeningsOf(session: DemoSession, now: Date): Happening[] {
  return session.endings
    .flatMap((ending) => happenings(session, ending))
    .map((one) => ({ ...one, at: one.at < now ? one.at : now }));
}

/** What of the office's list the words come to. */
async function reasonIdOf(trx: Transaction<DB>, by: 'client' | 'tutor', words: string): Promise<string | undefined> {
  const label = [
    [/ill|doctor/i, 'Ill'],
    [/school/i, 'School event or exam'],
    [/away|conference/i, 'Away or on holiday'],
  ].find(([pattern]) => (pattern as RegExp).test(words))?.[1];
  return (await listReasonChoices(trx, by)).find((reason) => reason.label === label)?.id;
}

function happenings(session: DemoSession, ending: Ending): Happening[] {
  if (ending.kind === 'open') return [];
  if (ending.kind === 'cancelled') {
    return [
      {
        at: ending.at,
        tell: async (trx, ctx) =>
          cancelSession(
            trx,
            ctx,
            { ...scheduler, at: ctx.clock() },
            {
              sessionId: session.id,
              ...(ending.students.length < session.students.length ? { studentIds: [...ending.students] } : {}),
              by: ending.by,
              reasonId: await reasonIdOf(trx, ending.by, ending.reason),
              reason: ending.reason,
              cancelledAt: ending.at,
            },
          ),
      },
    ];
  }
  const sentIn = addMinutes(session.endsAt, 10 + Math.floor(chance('sent in', session.key) * 400));
  const looked = addMinutes(sentIn, 600);
  const office = Object.values(ending.outcomes).some((outcome) => outcome === 'tutor_no_show' || outcome === 'technical_failure');
  const words = lessonWords(session.subject, session.key);
  const took = Object.values(ending.outcomes).includes('attended');
  const list: Happening[] = [
    {
      at: sentIn,
      tell: (trx, ctx) =>
        submitCloseOut(
          trx,
          ctx,
          { ...(office ? scheduler : tutorActor(session)), at: ctx.clock() },
          {
            sessionId: session.id,
            actualWallStart: session.wallStart,
            actualMinutes: took ? ending.minutes : 0,
            ...(ending.miles && took ? { miles: ending.miles } : {}),
            notes: took ? words.notes : '',
            privateNote: took
              ? chance('private', session.key) < 0.06
                ? 'Seemed tired; worth a call home.'
                : ''
              : 'Waited, then wrote to the family.',
            homework: took ? words.homework : '',
            nextTopics: took ? words.nextTopics : '',
            attendance: Object.entries(ending.outcomes).map(([studentId, outcome]) => ({
              studentId,
              outcome,
              markedAt: addMinutes(session.startsAt, 40),
            })),
          },
          { office },
        ),
    },
  ];
  if (ending.closing === 'approved')
    list.push({
      at: looked,
      tell: (trx, ctx) => approveCloseOuts(trx, ctx, { ...admin, at: ctx.clock() }, { sessionIds: [session.id] }),
    });
  if (ending.closing === 'sent_back') {
    list.push({
      at: looked,
      tell: (trx, ctx) =>
        sendBackCloseOut(
          trx,
          ctx,
          { ...admin, at: ctx.clock() },
          { sessionId: session.id, reason: 'Which homework did you set? The family asked.' },
        ),
    });
  }
  return list;
}

/** Materials and questions on a few of the coming sessions. */
export async function seedPreparation(trx: Transaction<DB>, sessions: readonly DemoSession[], now: Date): Promise<void> {
  const coming = sessions.filter((session) => session.endsAt > now && session.endings.length === 0);
  const chosen = coming.filter(
    (session) => session.key === 'now-live' || session.key === 'now-later' || chance('materials', session.key) < 0.15,
  );
  await trx
    .insertInto('sessionMaterial')
    .values(
      chosen.map((session) => ({
        id: idOf('material', session.key),
        sessionId: session.id,
        title: 'Worksheet for this lesson',
        url: `https://files.example.com/${session.subject}-worksheet.pdf`,
        addedBy: tutorActor(session).userId,
      })),
    )
    .execute();
  const asked = coming.filter((session) => session.students.some((student) => student.familyIndex === 0)).slice(0, 3);
  const questions = [
    'Can we go over number 4 of the last test?',
    'Is it all right if we finish five minutes early?',
    'Could we look at my essay first?',
  ];
  await trx
    .insertInto('sessionQuestion')
    .values(
      asked.map((session, i) => ({
        id: idOf('question', session.key),
        sessionId: session.id,
        askedBy: userIdOf(i === 0 ? 'student' : 'family'),
        body: questions[i] ?? '',
      })),
    )
    .execute();
}

/** Rooms of lessons that are over were given up long ago; only the coming ones are made by the queue. */
export async function releaseOldRooms(trx: Transaction<DB>, now: Date): Promise<void> {
  await sql`
    UPDATE meeting SET state = 'released' FROM session
    WHERE session.id = meeting.session_id AND (session.ends_at <= ${now} OR session.status IN ('cancelled', 'late_cancelled'))`.execute(
    trx,
  );
}
