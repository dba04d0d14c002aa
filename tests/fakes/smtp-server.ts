import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  /** The envelope: who really gets it, whatever the headers say. */
  from: string;
  to: string[];
  raw: string;
}

export interface FakeSmtp {
  url: string;
  received: ReceivedMail[];
  /** How the next mail's content is answered: an SMTP code, or accepted and then no answer at all. */
  answerNext(with_: { code: number; message: string } | 'taken, then silence'): void;
  close(): Promise<void>;
}

/** A real SMTP server in this process, which refuses what a strict server refuses. */
export async function fakeSmtp(): Promise<FakeSmtp> {
  const received: ReceivedMail[] = [];
  const answers: Parameters<FakeSmtp['answerNext']>[0][] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo({ address }, _session, callback) {
      if (address.startsWith('nobody@')) {
        return callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
      }
      callback();
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const answer = answers.shift();
        if (answer && answer !== 'taken, then silence') {
          return callback(Object.assign(new Error(answer.message), { responseCode: answer.code }));
        }
        received.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map((to) => to.address),
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        // The server dies after it took the mail: whether it did, nobody can know.
        if (answer) return void destroyAll(server);
        callback();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    answerNext: (answer) => answers.push(answer),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function destroyAll(server: SMTPServer): void {
  for (const connection of server.connections as Set<{ _socket: { destroy(): void } }>) {
    connection._socket.destroy();
  }
}
