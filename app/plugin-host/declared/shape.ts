import { pluginErrorCodes, z } from '#plugins/contract/index.ts';

/** What a description may say. Every object is closed: a key that nobody reads is a mistake somebody made. */
const unknownKey =
  (known: readonly string[]): z.core.$ZodErrorMap =>
  ({ code }) =>
    code === 'unrecognized_keys' ? `is not a key that is known here. Known are ${known.join(', ')}` : undefined;
const closed = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, { error: unknownKey(Object.keys(shape)) });
const text = (most: number) =>
  z.string('must be a text').trim().min(1, 'must not be empty').max(most, `must not be longer than ${most} characters`);
const expression = text(1_000);
const yes = z.boolean('must be true or false');
const templates = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()], 'must be a text, a number or true or false'),
);

const labels = { title: text(80), description: text(300).optional(), optional: yes.optional() };
const field = z.discriminatedUnion(
  'type',
  [
    closed({ type: z.literal('secret'), ...labels }),
    closed({ type: z.literal('text'), ...labels, default: text(500).optional(), maxLength: z.int().min(1).optional() }),
    closed({ type: z.literal('url'), ...labels, default: text(500).optional() }),
    closed({ type: z.literal('host'), ...labels, default: text(253).optional() }),
    closed({
      ...{ type: z.literal('number'), ...labels, default: z.number().optional() },
      ...{ min: z.number().optional(), max: z.number().optional(), whole: yes.default(true) },
    }),
    closed({
      type: z.literal('boolean'),
      title: text(80),
      description: text(300).optional(),
      default: yes.default(false),
    }),
    closed({
      type: z.literal('choice'),
      ...labels,
      options: z.record(z.string(), text(80)),
      default: text(80).optional(),
    }),
  ],
  'must be of a type: secret, text, url, host, number, boolean or choice',
);

const call = {
  request: text(1_000).regex(
    /^(GET|POST|PUT|PATCH|DELETE) \/[^#]*$/s,
    'must be a method and a path below base, like "POST /rooms"',
  ),
  query: templates.optional(),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header'), text(2_000)).optional(),
  body: z.unknown().optional(),
  form: templates.optional(),
  /** Must come to true, else the reply is not what was promised. */
  expect: expression.optional(),
};
const pages = closed({ cursor: expression, param: text(60) });
const reply = closed({
  ref: expression,
  joinUrl: expression.optional(),
  pending: expression.optional(),
  retryAfterSeconds: z.int().min(1).max(3_600).default(10),
});

const create = closed({ ...call, request: call.request.optional(), reply });
const find = closed({
  ...call,
  pages: pages.optional(),
  list: expression,
  where: expression,
  reply: reply.pick({ ref: true, joinUrl: true }),
});
const update = z.union(
  [z.literal('create'), closed({ ...call, replaceWhen: expression.optional(), reply: reply.pick({ joinUrl: true }).optional() })],
  'must be a call, or "create" to send that one again',
);
const join = closed({ ...call, request: call.request.optional(), reply: closed({ url: expression }) });
const check = closed({ ...call, message: text(300).optional() });
const attendance = closed({
  ...call,
  pages: pages.optional(),
  list: expression,
  stay: closed({
    ...{ key: expression, name: expression, email: expression.optional(), userId: expression.optional() },
    ...{ joinedAt: expression, leftAt: expression },
  }),
});

const auth = z.union(
  [
    z.literal('none'),
    closed({ header: z.string().regex(/^[A-Za-z0-9-]+$/), value: text(500) }),
    closed({ basic: closed({ user: text(500), password: text(500) }) }),
    closed({
      clientCredentials: closed({
        ...{ tokenUrl: text(500), id: text(500), secret: text(500), scope: text(500).optional() },
        send: z.enum(['basic', 'post']).default('basic'),
      }),
    }),
  ],
  'must be none, a header with its value, basic, or clientCredentials',
);

const errors = z.array(
  closed({ when: expression, code: z.enum(pluginErrorCodes, 'is no code of an error'), message: text(300) }),
);

const facts = ['started', 'ended', 'gone', 'joined', 'left'] as const;
const webhook = closed({
  signature: closed({
    header: text(80).transform((name) => name.toLowerCase()),
    /** "{signature}", or a text with {timestamp} and {signature} in it. */
    format: text(200).default('{signature}'),
    timestampHeader: text(80)
      .transform((name) => name.toLowerCase())
      .optional(),
    timestamp: z.enum(['seconds', 'milliseconds', 'iso']).default('seconds'),
    /** What is signed: {timestamp} and {body} in it are replaced. */
    signed: text(200).default('{body}'),
    algorithm: z.enum(['sha1', 'sha256', 'sha384', 'sha512']).default('sha256'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    secret: text(500),
  }),
  events: closed({
    ...{ key: expression, type: expression, ref: expression, at: expression },
    person: closed({
      ...{ key: expression, name: expression, email: expression.optional(), userId: expression.optional() },
    }),
    /** By what happened, the provider's types that say so. */
    facts: z.partialRecord(z.enum(facts), z.union([text(100), z.array(text(100))]), { error: unknownKey(facts) }),
  }),
});

const capabilities = closed({
  provisioning: z.enum(['ahead', 'static', 'on_join']).default('ahead'),
  create: z.enum(['idempotent', 'reconcile', 'not_needed']),
  links: z.enum(['shared', 'per_person']),
  attendance: z.enum(['webhook', 'poll', 'none']).default('none'),
  instant: yes,
  recording: yes.default(false),
  maxParticipants: z.int().min(2).nullable().default(null),
});

export const description = closed({
  id: z
    .string('must be a text')
    .regex(/^meeting-[a-z0-9-]+$/, 'must be meeting- and lowercase letters, digits and dashes, like meeting-acme'),
  version: z.string('must be a text').regex(/^\d+\.\d+\.\d+$/, 'must be three numbers, like 1.0.0'),
  name: text(80),
  description: text(600).regex(/\.$/, 'must be sentences and end with a full stop'),
  unproven: text(200).optional(),
  guide: z.array(text(400)).optional(),
  capabilities,
  atOnce: z.int().min(1).max(50).optional(),
  settings: z
    .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'must be named by letters and digits, like apiKey'), field)
    .default({}),
  base: text(300).optional(),
  auth,
  errors: errors.default([]),
  create,
  find: find.optional(),
  update: update.optional(),
  release: closed(call).optional(),
  join: join.optional(),
  check: check.optional(),
  attendance: attendance.optional(),
  webhook: webhook.optional(),
});

export type Description = z.output<typeof description>;
export type CallDescription = Pick<Description['create'], 'request' | 'query' | 'headers' | 'body' | 'form' | 'expect'>;
export type SettingDescription = z.output<typeof field>;
