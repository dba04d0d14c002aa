import { Alert } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { languageName, offeredLanguages, shippedLanguages, ships } from '#app/domain/mail-templates/mail-languages.ts';
import { variablesOf } from '#app/domain/mail-templates/mails-there-are.server.ts';
import { previewMail } from '#app/domain/mail-templates/preview-mail.server.ts';
import {
  getEditedMail,
  type LanguageReaders,
  listLanguageReaders,
  listSentExamples,
  listTemplateVersions,
  listWrittenLanguages,
} from '#app/domain/mail-templates/queries.server.ts';
import { AUDIENCE_WORDS, eventOf, mailName } from '#app/domain/messages/mail-events.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { act } from './act.server.ts';
import { templateAt } from './find-template.server.ts';
import { LanguageBar, WhoReadsWhat } from './languages.tsx';
import { TemplateForm } from './template-form.tsx';
import { VersionHistory } from './version-history.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Mail'} · Words of mails · Lectern` }];

const PAGE = '/office/settings/emails';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'mails.manage');
  const { db } = args.context;
  const { template, locale } = templateAt(args.params, args.request);
  const reader = user.locale ?? 'en';
  const [edited, versions, readers, examples, written] = await Promise.all([
    getEditedMail(db, template, locale),
    listTemplateVersions(db, template, locale),
    listLanguageReaders(db, template),
    listSentExamples(db, template),
    listWrittenLanguages(db),
  ]);
  const own = written.get(template) ?? [];
  const tags = [...new Set([...shippedLanguages, ...own, locale])];
  const event = eventOf(template);
  const day = new Intl.DateTimeFormat(reader, { dateStyle: 'medium' });
  return {
    template,
    locale,
    name: mailName(template),
    about: [event?.when, event ? `to ${event.to.map((audience) => AUDIENCE_WORDS[audience].toLowerCase()).join(', ')}` : '']
      .filter(Boolean)
      .join(', '),
    language: languageName(locale, reader),
    shipsInIt: ships(locale),
    languages: tags.map((tag) => ({ tag, name: languageName(tag, reader), own: own.includes(tag) })),
    offered: offeredLanguages(tags, reader),
    edited: { version: edited.version, own: edited.own, texts: edited.texts },
    versions,
    readers: readers.map((line) => ({
      locale: line.locale,
      name: languageName(line.locale, reader),
      people: line.people,
      gets: getsText(line, reader),
    })),
    examples: examples.map(({ id, to, at }) => ({ value: id, label: `${to || 'Somebody'}, ${day.format(at)}` })),
    variables: variablesOf(template, locale),
    preview: await previewMail(db, { template, locale, texts: edited.texts }),
    saved: new URL(args.request.url).searchParams.get('saved'),
  };
}

function getsText({ gets, shipsInIt, locale }: LanguageReaders, reader: string): string {
  if (gets) return `Your words in ${languageName(gets, reader)}`;
  const language = locale.split('-')[0] ?? '';
  return shipsInIt
    ? `As it ships in ${languageName(language, reader)}`
    : 'As it ships in English: there is nothing in their language';
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'mails.manage');
  const { template, locale } = templateAt(args.params, args.request);
  const { context, request } = args;
  const acted = await act(context, actorOf(user, context), { template, locale, reader: user }, await request.formData());
  if ('saved' in acted) return redirect(`${PAGE}/${template}?locale=${locale}&saved=${acted.saved}`);
  return data(acted.answer, { status: acted.status });
}

export default function EditMail() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { template, locale, language, edited } = page;
  const address = `${PAGE}/${template}?locale=${locale}`;
  return (
    <>
      <PageHeader
        title={page.name}
        description={page.about}
        back={{ to: PAGE, label: 'Words of mails' }}
        actions={
          edited.own ? (
            <ConfirmButton
              label="Back to what ships"
              consequence={`The mail goes out as it ships again, in ${language}. Your words stay in its history.`}
              confirm="Go back to what ships"
              action={address}
              fields={{ intent: 'reset', version: String(edited.version) }}
            />
          ) : undefined
        }
      />
      <LanguageBar choices={page.languages} offered={page.offered} current={locale} />
      {page.saved && !answer ? (
        <Alert
          color="green"
          variant="light"
          role="status"
          mb="md"
          title={
            page.saved === 'own'
              ? `Saved. It goes out so from now on, in ${language}.`
              : `It goes out as it ships, in ${language}.`
          }
        />
      ) : null}
      {!page.shipsInIt && !edited.own ? (
        <Alert color="blue" variant="light" mb="md" title={`Nothing is written in ${language} yet`}>
          Whoever reads {language} gets this mail in English. Put these texts into {language} and save them. What stands in braces
          and is whole sentences (such as the greeting) stays English: write your own instead, from names and times.
        </Alert>
      ) : null}
      <TemplateForm
        key={`${template} ${locale} ${edited.version} ${edited.own}`}
        address={address}
        answer={answer}
        texts={edited.texts}
        version={edited.version}
        examples={page.examples}
        preview={page.preview}
        variables={page.variables}
      />
      <VersionHistory address={address} versions={page.versions} version={edited.version} />
      <WhoReadsWhat readers={page.readers} />
    </>
  );
}
