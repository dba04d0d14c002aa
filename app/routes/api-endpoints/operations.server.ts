import type { Operation } from './operation.ts';
import { people } from './people.server.ts';
import { sessions } from './sessions.server.ts';

/** All the API can do, in the order it is told in. */
export const OPERATIONS: readonly Operation[] = [...people, ...sessions];
