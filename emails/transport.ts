import { Transform } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { RenderedMail } from './render.ts';

export interface MailAddress {
  name: string;
  address: string;
}

export interface OutgoingMail {
  /** Of our row; the Message-ID is made from it, so that a mail doubled by a crash is seen as one. */
  id: string;
  from: MailAddress;
  replyTo?: MailAddress;
  to: MailAddress;
  rendered: RenderedMail;
  attachments?: readonly MailAttachment[];
  /** More headers, such as how to unsubscribe. */
  headers?: Readonly<Record<string, string>>;
}

export interface MailAttachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

export interface MailTransport {
  /** Answers once the server has taken the mail. Throws MailTransportError. */
  send(mail: OutgoingMail): Promise<{ messageId: string }>;
}

interface Failure {
  /** The server refused this mail for good (5xx on it), so trying again is pointless. */
  permanent: boolean;
  /** Nothing was said about this mail: the server is away or doesn't let us in, so others needn't be tried. */
  unreachable: boolean;
  /** All of it was handed over and no answer came: it may have arrived. */
  doubtful: boolean;
}

export class MailTransportError extends Error implements Failure {
  readonly permanent: boolean;
  readonly unreachable: boolean;
  readonly doubtful: boolean;
  constructor(message: string, failure: Failure, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MailTransportError';
    this.permanent = failure.permanent;
    this.unreachable = failure.unreachable;
    this.doubtful = failure.doubtful;
  }
}

const DEADLINE_MS = 20_000;

/** Mail over SMTP. `smtpUrl` as nodemailer takes it: smtp://user:password@host:587 or smtps://... */
export function smtpTransport(smtpUrl: string, host: string): MailTransport {
  const transporter = createTransport({
    url: smtpUrl,
    connectionTimeout: DEADLINE_MS,
    greetingTimeout: DEADLINE_MS,
    socketTimeout: DEADLINE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const handedOver = new Set<string>();
  transporter.use('stream', ({ message }, next) => {
    const id = String(message.messageId());
    message.transform(() => noting(() => handedOver.add(id)));
    next();
  });
  return {
    async send(mail) {
      const messageId = messageIdOf(mail.id, host);
      try {
        await transporter.sendMail({
          messageId,
          from: mail.from,
          ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
          to: mail.to,
          subject: mail.rendered.subject,
          text: mail.rendered.text,
          html: mail.rendered.html,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...mail.headers },
          ...(mail.rendered.calendar ? { icalEvent: mail.rendered.calendar } : {}),
          attachments: (mail.attachments ?? []).map((file) => ({ ...file })),
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return { messageId };
      } catch (error) {
        throw transportError(error, handedOver.has(messageId));
      } finally {
        handedOver.delete(messageId);
      }
    },
  };
}

export function messageIdOf(mailId: string, host: string): string {
  return `<mail-${mailId}@${host}>`;
}

/** Passes a mail through as it is and says when its end has gone by. */
function noting(done: () => void): Transform {
  return new Transform({
    transform: (chunk, _encoding, next) => next(null, chunk),
    flush: (next) => {
      done();
      next();
    },
  });
}

/**
 * Only a refusal of this very mail is for good. A 5xx on the log-in or the greeting is the
 * office's settings being wrong, and the mails wait until they are right.
 */
function transportError(error: unknown, handedOver: boolean): MailTransportError {
  const { responseCode, command, message } = error as {
    responseCode?: number;
    command?: string;
    message?: string;
  };
  const aboutThisMail = ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command ?? '');
  const permanent = ['RCPT TO', 'DATA'].includes(command ?? '') && responseCode !== undefined && responseCode >= 500;
  const doubtful = handedOver && responseCode === undefined;
  return new MailTransportError(
    message ?? 'The mail could not be handed over.',
    { permanent, doubtful, unreachable: !aboutThisMail && !doubtful },
    { cause: error },
  );
}
