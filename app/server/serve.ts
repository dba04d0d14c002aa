import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { operation } from '#config/defaults.ts';
import type { Config } from '#config/env.ts';

export class PortTakenError extends Error {
  readonly code = 'port_taken';
}

export interface Serving {
  port: number;
  /** Takes no new requests, and ends when those under way are answered or their time is over. */
  stop(): Promise<void>;
}

/** `upgrade`: whoever asks for a WebSocket; without it nobody gets one. */
export async function serve(
  listener: RequestListener,
  config: Pick<Config, 'port' | 'host'>,
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
): Promise<Serving> {
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000 }, listener);
  if (upgrade) server.on('upgrade', upgrade);
  await listen(server, config);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : config.port,
    stop: () => stop(server),
  };
}

function listen(server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(
        new PortTakenError(`Port ${port} is taken by another program. Stop it, or choose one: PORT=${port + 1}`, {
          cause: error,
        }),
      );
    });
    server.listen({ port, host }, resolve);
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), operation.stopTimeoutMs);
    // A connection is kept for the browser's next request; once its last one is answered it would hold us up for seconds.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(idle);
      resolve();
    });
  });
}
