import type { Description } from './shape.ts';
import type { Path } from './yaml-source.ts';

/** What a description promises and does not say how to do. */
export function gaps(description: Description, report: (path: Path, message: string) => void): void {
  const { capabilities, create, find, join, attendance, webhook, base, auth, settings } = description;
  const { provisioning, links } = capabilities;

  if (provisioning === 'ahead' && !create.request) report(['create', 'request'], 'is missing: the room is made ahead');
  if (provisioning !== 'ahead' && create.request) {
    report(['create', 'request'], `is too much: with provisioning: ${provisioning} nothing is called until somebody joins`);
  }
  if (provisioning === 'on_join' && !join?.request) report(['join', 'request'], 'is missing: the room is made on joining');
  if (capabilities.create === 'reconcile' && !find) {
    report(['find'], 'is missing: with create: reconcile a room that an earlier call made is looked for');
  }
  if (capabilities.create !== 'reconcile' && find) report(['find'], 'is of use with create: reconcile alone');
  if (links === 'shared' && provisioning !== 'on_join' && !create.reply.joinUrl) {
    report(['create', 'reply', 'joinUrl'], 'is missing: with links: shared everybody gets that link');
  }
  if (links === 'shared' && find && !find.reply.joinUrl) {
    report(['find', 'reply', 'joinUrl'], 'is missing: with links: shared everybody gets that link');
  }
  if (links === 'per_person' && !join) report(['join'], 'is missing: with links: per_person each gets a link of their own');
  if (links === 'per_person' && create.reply.joinUrl) {
    report(['create', 'reply', 'joinUrl'], 'is too much: with links: per_person nobody shares a link');
  }
  if ((capabilities.attendance === 'poll') !== (attendance !== undefined)) {
    report(
      ['attendance'],
      attendance ? 'is of use with capabilities.attendance: poll alone' : 'is missing: capabilities.attendance is poll',
    );
  }
  if ((capabilities.attendance === 'webhook') !== (webhook !== undefined)) {
    report(
      ['webhook'],
      webhook ? 'is of use with capabilities.attendance: webhook alone' : 'is missing: capabilities.attendance is webhook',
    );
  }
  if (webhook) {
    const { format, timestampHeader, signed, secret } = webhook.signature;
    fromSetting(['webhook', 'signature', 'secret'], secret);
    if (!format.includes('{signature}')) report(['webhook', 'signature', 'format'], 'must have {signature} in it');
    if (!timestampHeader && !format.includes('{timestamp}')) {
      report(
        ['webhook', 'signature'],
        'says no time: give timestampHeader, or {timestamp} in format, so that an old event can’t be sent again',
      );
    }
    if (!signed.includes('{body}')) report(['webhook', 'signature', 'signed'], 'must have {body} in it');
  }

  const calls = [create, find, description.update, description.release, join, description.check, attendance];
  const callsOut = calls.some((call) => typeof call === 'object' && call.request !== undefined);
  if (callsOut && base === undefined) report(['base'], 'is missing: where calls go, like https://api.example.com/v1');
  if (base !== undefined) address(['base'], base);
  if (auth !== 'none' && 'clientCredentials' in auth)
    address(['auth', 'clientCredentials', 'tokenUrl'], auth.clientCredentials.tokenUrl);

  if (auth !== 'none') {
    if ('header' in auth) fromSetting(['auth', 'value'], auth.value);
    else if ('basic' in auth) fromSetting(['auth', 'basic', 'password'], auth.basic.password);
    else fromSetting(['auth', 'clientCredentials', 'secret'], auth.clientCredentials.secret);
  }

  for (const [name, field] of Object.entries(settings)) {
    if (field.type === 'choice' && field.default !== undefined && !(field.default in field.options)) {
      report(['settings', name, 'default'], 'is not one of its options');
    }
  }

  /** What is written out here is no secret, and an expression without its braces is a text like any other. */
  function fromSetting(path: Path, written: string): void {
    const secret = Object.entries(settings).find(([, { type }]) => type === 'secret')?.[0] ?? 'apiKey';
    if (!written.includes('${')) report(path, `must take the secret from a setting, like "\${settings.${secret}}"`);
  }

  /** A host is written out, or is a setting of the type host as a whole: nothing that comes later can lead elsewhere. */
  function address(path: Path, written: string): void {
    const [, host = '', field, rest = ''] = /^https:\/\/(\$\{settings\.(\w+)\}|[^/?#\s]*)(\/[^?#\s]*)?$/.exec(written) ?? [];
    if (host === '') report(path, 'must start with https:// and end with a path, like https://api.example.com/v1');
    else if (field && settings[field]?.type !== 'host') report(path, `settings.${field} must be a setting of the type host`);
    else if (rest.includes('${')) report(path, 'takes no expression but a setting as the whole host');
    else if (!field && !/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(host)) {
      report(path, 'must name a host in lowercase letters, like api.example.com');
    }
  }
}
