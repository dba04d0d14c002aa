import { describe, expect, it } from 'vitest';
import { lintMail } from './lint-mail.ts';
import { lintTemplate } from './lint-template.ts';
import { renderMail } from './render.ts';
import { shippedTexts } from './shipped.ts';
import { type MailTemplate, mailTemplates } from './templates.ts';

const shipped = shippedTexts('schedule-changed', 'en');

/** What is said of a body, in one line each. */
const saidOf = (body: string, template: MailTemplate = 'session-confirmed') =>
  lintMail(template, { ...shippedTexts(template, 'en'), body }).map(({ line, text }) => `${line}: ${text}`);

/** What is known against templates of this kind: code, prototypes, unescaped text, calls, parts, endless work. */
const ATTACKS: Record<string, string> = {
  'the known way to code': `{{#with "s" as |string|}}{{#with "e"}}{{#with split as |conslist|}}{{this.pop}}{{this.push (lookup string.sub "constructor")}}{{this.pop}}{{#with string.split as |codelist|}}{{this.pop}}{{this.push "return require('child_process').exec('id');"}}{{this.pop}}{{#each conslist}}{{#with (string.sub.apply 0 codelist)}}{{this}}{{/with}}{{/each}}{{/with}}{{/with}}{{/with}}{{/with}}`,
  constructor: '{{constructor}}',
  'constructor of a constructor': '{{constructor.constructor}}',
  'constructor in brackets': '{{this.[constructor].[name]}}',
  'constructor as text': '{{"constructor"}}',
  'constructor, called': `{{constructor.constructor "return process.env"}}`,
  prototype: '{{__proto__}}',
  'prototype of a group': '{{company.__proto__.constructor}}',
  'prototype in an each': '{{#each __proto__}}{{this}}{{/each}}',
  'getter of the prototype': '{{__lookupGetter__ "x"}}',
  'method of a text': '{{greeting.toString}}',
  'length of a text': '{{greeting.length}}',
  lookup: '{{lookup this "constructor"}}',
  'lookup in an if': '{{#if (lookup . "constructor")}}x{{/if}}',
  log: '{{log "x"}}',
  with: '{{#with company}}{{name}}{{/with}}',
  'missing helper': '{{#blockHelperMissing company}}{{/blockHelperMissing}}',
  'missing helper, plain': '{{helperMissing}}',
  'a helper of no name': '{{run "x"}}',
  'values by name': '{{greeting x=1}}',
  'each of a call': '{{#each (lookup this "lines")}}x{{/each}}',
  'inline part': '{{#*inline "layout.mjml"}}x{{/inline}}',
  decorator: '{{* activate}}',
  'decorator around': '{{#* activate}}x{{/activate}}',
  'a part of another mail': '{{> ../../config/env}}',
  'a part by a name of the data': '{{> (lookup . "greeting")}}',
  'the frame again': '{{> layout.mjml}}',
  'out of the frame': '</mj-text>{{/layout.mjml}}{{#> layout.mjml}}<mj-text>',
  'a part with values': '{{> button.mjml link="https://evil.example"}}',
  'the part in a block': '{{> @partial-block}}',
  'a block with a part': '{{#> button.mjml}}x{{/button.mjml}}',
  'raw block': '{{{{if greeting}}}}{{x}}{{{{/if}}}}',
  'three braces': '{{{greeting}}}',
  'three braces, spaced': '{{~{greeting}~}}',
  ampersand: '{{&greeting}}',
  'ampersand, spaced': '{{~& greeting}}',
  'escaped braces': '\\{{greeting}}',
  'all data': '{{@root}}',
  'data of the engine': '{{@partial-block}}',
  'data of the engine, above': '{{@../root}}',
  'a private name': '{{@_parent.root}}',
  above: '{{../constructor}}',
  'far above': '{{../../../company.name}}',
  'a group as text': '{{company}}',
  'a list as text': '{{more}}',
  'names of its own': '{{#each more as |one|}}{{one.label}}{{/each}}',
  'each of a text': '{{#each greeting}}{{this}}{{/each}}',
  'each of everything': '{{#each this}}{{this}}{{/each}}',
  'each of the root': '{{#each @root}}{{this}}{{/each}}',
  'a list times itself': '{{#each more}}{{#each @root.more}}x{{/each}}{{/each}}',
  'a list times itself, above': '{{#each more}}{{#each ../more}}x{{/each}}{{/each}}',
  'blocks without end': `${'{{#if greeting}}'.repeat(9)}x${'{{/if}}'.repeat(9)}`,
  'thousands of blocks': '{{#if greeting}}'.repeat(900) + '{{/if}}'.repeat(900),
  'not closed': '{{#if greeting}}x',
  'closed by another': '{{#if greeting}}x{{/each}}',
  'too long': 'x'.repeat(40_000),
  'a zero byte': 'a\u0000b',
  'a character that stands for a name': 'a\ue000b',
  'a name that is not there': '{{nobody}}',
  'a name of the server': '{{process.env.DATABASE_URL}}',
};

describe('what is known against templates is refused', () => {
  it.each(Object.entries(ATTACKS))('in a mail: %s', (_, attack) => {
    const body = `<mj-text>Hello</mj-text>\n<mj-text>${attack}</mj-text>`;
    expect(saidOf(body)).not.toEqual([]);
    expect(() => renderMail('session-confirmed', mailTemplates['session-confirmed'].example, { ...shipped, body })).toThrow();
  });

  it.each(Object.entries(ATTACKS))('in a text and a subject: %s', (_, attack) => {
    const texts = shippedTexts('session-confirmed', 'en');
    expect(lintMail('session-confirmed', { ...texts, plain: attack })).not.toEqual([]);
    expect(lintMail('session-confirmed', { ...texts, subject: attack })).not.toEqual([]);
  });
});

const MARKUP_ATTACKS: Record<string, string> = {
  script: '<mj-text><script>alert(1)</script></mj-text>',
  'script in a raw part': '<mj-raw><script>alert(1)</script></mj-raw>',
  'an image of another host': '<mj-image src="https://evil.example/pixel.png" />',
  'an image in a text': '<mj-text><img src="https://evil.example/pixel.png"></mj-text>',
  include: '<mj-include path="/etc/passwd" />',
  style: '<mj-style>@import url(https://evil.example)</mj-style>',
  'a form': '<mj-text><form action="https://evil.example"><input></form></mj-text>',
  'a frame': '<mj-text><iframe src="https://evil.example"></iframe></mj-text>',
  handler: '<mj-text><a href="https://a.example" onclick="alert(1)">x</a></mj-text>',
  'a picture by style': '<mj-text><span style="background:url(https://evil.example/p.png)">x</span></mj-text>',
  'quotes within an attribute': `<mj-text css-class='x" onclick="alert(1)'>x</mj-text>`,
  'a name in a style': '<mj-text><span style="color:{{greeting}}">x</span></mj-text>',
  'a name in a tag': '<mj-text {{greeting}}>x</mj-text>',
  'a name as a tag': '<{{greeting}}>x',
  'half a tag in a block': '<mj-text>{{#if greeting}}<a href="https://a.example">{{/if}}x</a></mj-text>',
  'a block in a tag': '<mj-text {{#if greeting}}align="left"{{/if}}>x</mj-text>',
  'a link that runs': '<mj-text><a href="javascript:alert(1)">x</a></mj-text>',
  'a link that is data': '<mj-text><a href="data:text/html,x">x</a></mj-text>',
  'a link that takes data along': '<mj-text><a href="https://evil.example/?who={{greeting}}">x</a></mj-text>',
  'a link of typed text': '<mj-text><a href="{{greeting}}">x</a></mj-text>',
  'a link to a place of the server': '<mj-button href="file:///etc/passwd">x</mj-button>',
  'a link without one': '<mj-text><a>x</a></mj-text>',
  'a remark that closes': '<mj-text>x</mj-text><!-- --><mj-text>y</mj-text>',
  'a remark for one program': '<mj-text><!--[if mso]><script></script><![endif]--></mj-text>',
  doctype: '<!DOCTYPE x [<!ENTITY a "b">]><mj-text>&a;</mj-text>',
  'the body closed': '</mj-column></mj-section></mj-body><mj-head></mj-head>',
  'tags without end': `<mj-text>${'<b>'.repeat(500)}x${'</b>'.repeat(500)}</mj-text>`,
  'not closed': '<mj-text>x',
  'closed crosswise': '<mj-text><b><i>x</b></i></mj-text>',
  'a section of its own': '<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>',
  'text by itself': 'x<mj-text>y</mj-text>',
  'a part in a text': '<mj-text>{{> button.mjml}}</mj-text>',
  'an attribute twice': '<mj-text><a href="https://a.example" href="https://b.example">x</a></mj-text>',
};

it.each(Object.entries(MARKUP_ATTACKS))('markup that has no business in a mail is refused: %s', (_, body) => {
  expect(saidOf(body)).not.toEqual([]);
  expect(() => renderMail('session-confirmed', mailTemplates['session-confirmed'].example, { ...shipped, body })).toThrow();
});

it('what other template languages would run stands in the mail as it was typed', () => {
  const typed =
    '$ {7*7} #{7*7} {7*7} {n, plural, one {a} other {b}} {name, select, other {x}} <%= 7*7 %> {% for i in x %} [[7*7]] %s';
  const texts = shippedTexts('session-confirmed', 'en');
  const plain = `${typed}\n{{link}}`;
  expect(lintMail('session-confirmed', { ...texts, plain })).toEqual([]);
  expect(renderMail('session-confirmed', mailTemplates['session-confirmed'].example, { ...texts, plain }).text).toContain(typed);
});

it('what a person typed is data: braces in a name are not read again', () => {
  const example = mailTemplates['session-confirmed'].example;
  const data = { ...example, recipient: { ...example.recipient, name: '{{constructor}} {{{link}}}' } };
  const texts = { ...shippedTexts('session-confirmed', 'en'), plain: 'Dear {{recipient.name}}' };
  expect(renderMail('session-confirmed', data, texts).text).toContain('Dear {{constructor}} {{{link}}}');
});

it('says the line, and what to write instead', () => {
  expect(saidOf('<mj-text>Hello</mj-text>\n<mj-text>\n  {{nobody}}\n</mj-text>')).toEqual([
    '3: There is no {{nobody}} in this mail.',
  ]);
  expect(saidOf('<mj-text>a</mj-text>\n{{#each more}}\n<mj-text>{{company.name}}</mj-text>\n{{/each}}')).toEqual([
    '3: In a list, company.name of the mail itself is written {{@root.company.name}}.',
  ]);
  expect(saidOf('\n<mj-text>{{{greeting}}}</mj-text>')[0]).toMatch(/^2: Three braces/);
  expect(saidOf('<mj-text>\n<blink>x</blink></mj-text>')[0]).toMatch(/^2: <blink> is not allowed in a mail\. There: <a> /);
  expect(saidOf('<mj-text>\n\n{{#if greeting}}\nx\n</mj-text>')[0]).toMatch(/^\d: .*needs its \{\{\/if\}\}/);
});

it('a subject is one line, and no part is empty', () => {
  const texts = shippedTexts('reset', 'en');
  expect(lintMail('reset', { ...texts, subject: 'a\nb' })).toEqual([
    { part: 'subject', line: 2, text: 'A subject is one line.' },
  ]);
  expect(lintMail('reset', { subject: ' ', body: '', plain: '\n' }).map(({ part }) => part)).toEqual([
    'subject',
    'body',
    'plain',
  ]);
});

it('a mail that opens an account keeps its link, in both readings', () => {
  const texts = { subject: 'x', body: '<mj-text>x</mj-text>', plain: 'x' };
  expect(lintMail('reset', texts).map(({ part, text }) => `${part}: ${text}`)).toEqual([
    expect.stringMatching(/^body: .*\{\{link\}\}/),
    expect.stringMatching(/^plain: .*\{\{link\}\}/),
  ]);
  expect(lintMail('time-off-decided', texts)).toEqual([]);
});

it('what an administrator would write is let through', () => {
  const body = `<mj-text css-class="ink">Dear <strong>{{recipient.name}}</strong>,<br />{{! a remark }}
  <ul><li>{{day}}</li>{{#each more}}<li>{{label}}: {{this.value}} ({{@index}}) for {{@root.company.name}} or {{../company.name}}</li>{{/each}}</ul>
</mj-text>
{{#if join}}<mj-button href="{{join}}">Go in</mj-button>{{else}}<mj-text>Come to {{where}}.</mj-text>{{/if}}
<mj-divider border-color="#cccccc" />
<mj-text align="center"><a href="https://example.org/a?b=1&amp;c=2" style="color:#1f5fae">Ours</a>, <a href="mailto:{{company.contact}}">mail</a></mj-text>
{{> session-facts.mjml}}
{{> button.mjml}}`;
  expect(saidOf(body)).toEqual([]);
});

it('lists go two deep and no further', () => {
  const values = { a: [{ b: [{ c: [{ d: 'x' }] }] }] };
  const lint = (source: string) => lintTemplate(source, { kind: 'text', maxLength: 1000, partials: new Set(), values });
  expect(lint('{{#each a}}{{#each b}}{{#each c}}{{d}}{{/each}}{{/each}}{{/each}}')).toEqual([
    { line: 1, text: 'Lists stand in lists more than 2 deep.' },
  ]);
  expect(lint('{{#each a}}{{#each this.b}}{{#if c}}x{{/if}}{{/each}}{{/each}}')).toEqual([]);
});
