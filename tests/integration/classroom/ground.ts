import { sql } from 'kysely';
import { type ClientOptions, WebSocket } from 'ws';
import type { Role } from '#app/auth/roles.ts';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { FromServer } from '#app/domain/classroom/protocol.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { openRoomConnection, type RoomConnection } from '#app/routes/classroom.$id/connection.ts';
import { type ClassroomSockets, classroomSockets } from '#app/server/classroom/sockets.ts';
import { type Serving, serve } from '#app/server/serve.ts';
import type { Database } from '#db/client.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';

export const system = { userId: null, kind: 'system' } as const;

/** A company with lessons in the classroom, and web processes that serve it. */
export async function classroomGround(database: Database) {
  const { db } = database;
  const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
  await anOrganisation(db, { meeting: 'meeting-classroom', timezone: 'UTC' });
  const subject = await aSubject(db);
  const program = await aProgram(db, { capacity: 4 });
  const office = await aUser(db, { roles: ['scheduler'], name: 'Olu Office' });
  let hour = 0;

  async function cookieOf(user: { id: string }) {
    return `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null })}`;
  }

  /** A lesson of its own tutor, student and parent, whose room has just opened. */
  async function aLesson() {
    const person = (name: string, ...roles: Role[]) => aUser(db, { name, roles });
    const [tutorUser, studentUser, parentUser] = [
      await person('Ana Núñez', 'tutor'),
      await person('Mia Vale', 'student'),
      await person('Paul Vale', 'client'),
    ];
    const tutor = await aTutor(db, { userId: tutorUser.id, subjectIds: [subject.id] });
    const client = await aClient(db, { userId: parentUser.id });
    const student = await aStudent(db, { clientId: client.id, userId: studentUser.id, firstName: 'Mia', lastName: 'Vale' });
    hour += 1;
    const startsAt = new Date(Date.UTC(2026, 2, 3, hour * 2));
    const { sessionId } = await bookSession(db, ctx, system, {
      ...{ tutorId: tutor.id, studentIds: [student.id], programId: program.id, subjectId: subject.id },
      ...{ wallStart: startsAt.toISOString().slice(0, 16), durationMinutes: 60, mode: 'online', location: '', billable: false },
    });
    await provisionMeeting(ctx, { sessionId });
    const at = (minutes: number) => ctx.setNow(new Date(startsAt.getTime() + minutes * 60_000));
    at(0);
    return { sessionId, startsAt, at, tutor: tutorUser, student: studentUser, parent: parentUser, tutorId: tutor.id };
  }

  const processes: { serving: Serving; sockets: ClassroomSockets }[] = [];
  /** Another web process; they look around only when told. */
  async function aProcess() {
    const sockets = classroomSockets(ctx, { databaseUrl: database.url, lookEveryMs: 3_600_000 });
    const serving = await serve((_request, response) => void response.end(), { port: 0, host: '127.0.0.1' }, sockets.upgrade);
    const process = { sockets, serving, port: serving.port };
    processes.push(process);
    return process;
  }

  /** Ends what the processes listen to each other with, as a database that starts anew does. */
  const breakLines = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'lectern classroom' and datname = current_database()`.execute(db);

  return {
    ...{ db, ctx, office, cookieOf, aLesson, aProcess, breakLines },
    stop: () => Promise.all(processes.map(({ serving, sockets }) => sockets.stop().then(() => serving.stop()))),
  };
}

export type Ground = Awaited<ReturnType<typeof classroomGround>>;
export type Lesson = Awaited<ReturnType<Ground['aLesson']>>;

/** Somebody's page, with all that it was told. */
export interface Page extends RoomConnection {
  heard: FromServer[];
  closed: { code: number; reason: string } | undefined;
  links: string[];
  /** The network is gone; it comes back by itself. */
  cut(): void;
  /** Where the next try goes: a server that starts anew has another port here. */
  port: number;
  /** The first message of this kind, from now on or since the last that was taken. */
  next<T extends FromServer['t']>(
    t: T,
    fits?: (message: Extract<FromServer, { t: T }>) => boolean,
  ): Promise<Extract<FromServer, { t: T }>>;
  end(): Promise<{ code: number; reason: string }>;
}

export function openPage(port: number, sessionId: string, cookie: string, over: ClientOptions = {}): Page {
  const heard: FromServer[] = [];
  let taken = 0;
  let wake = Promise.withResolvers<void>();
  const changed = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  let socket: WebSocket | undefined;
  const page = { port, heard, closed: undefined, links: [] } as unknown as Page;
  const connection = openRoomConnection({
    url: `/classroom/${sessionId}/socket`,
    pauses: [20],
    listener: {
      onMessage(message) {
        heard.push(message);
        changed();
      },
      onLink: (link) => {
        page.links.push(link);
        changed();
      },
      onClosed(code, reason) {
        page.closed = { code, reason };
        changed();
      },
    },
    openSocket(path) {
      socket = new WebSocket(`ws://127.0.0.1:${page.port}${path}`, {
        headers: { cookie, origin: 'http://lectern.test' },
        ...over,
      });
      socket.on('error', () => {});
      return socket as unknown as globalThis.WebSocket;
    },
  });
  return Object.assign(page, connection, {
    cut: () => socket?.terminate(),
    async next(t: string, fits: (message: never) => boolean = () => true) {
      for (;;) {
        const at = heard.findIndex((message, index) => index >= taken && message.t === t && fits(message as never));
        if (at !== -1) {
          taken = at + 1;
          return heard[at];
        }
        if (page.closed) throw new Error(`closed: ${page.closed.reason}`);
        await wake.promise;
      }
    },
    async end() {
      while (!page.closed) await wake.promise;
      return page.closed;
    },
  });
}

/** Waits until something is so that comes by itself, and says what was not. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not in ten seconds: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
