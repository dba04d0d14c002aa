import { Button, Divider, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { actorOf, authorize, findUser, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { RequestArgs } from '#app/auth/find-user.server.ts';
import { countTry, networkOf, waitMessage } from '#app/auth/limits.server.ts';
import { setUpState } from '#app/auth/set-up-state.server.ts';
import { signInAs } from '#app/auth/sign-in.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { setUp, setUpCompany } from '#app/domain/people/set-up.server.ts';
import { companyFields, ownerFields } from '#app/domain/people/user.schema.ts';
import { Entrance } from '#app/ui/entrance.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm, typed } from '#app/ui/form-answer.ts';
import { PasswordField } from '#app/ui/password-field.tsx';
import { currencies, locales, usualChoices, zones } from './choices.server.ts';

export const meta: MetaFunction = () => [{ title: 'Set up Lectern' }];

const both = z.object({ ...ownerFields, ...companyFields });
const ownerAlone = z.object(ownerFields);
const companyAlone = z.object(companyFields);
type Answers = z.output<typeof ownerAlone> & Partial<z.output<typeof companyAlone>>;

/** What is still to be said. Gone once all is: then this address is as good as none. */
async function stillToDo(args: RequestArgs, gone: () => Response) {
  const state = await setUpState(args.context);
  if (state.needsOwner) return state;
  if (!state.needsCompany) throw (await findUser(args)) === null ? gone() : redirect('/');
  const user = await authorize(args, 'organisation.manage');
  if (!can(user, 'organisation.manage') || !user.roles.includes('owner')) throw notFound();
  return state;
}

export async function loader(args: LoaderFunctionArgs) {
  const state = await stillToDo(args, notFound);
  const usual = usualChoices(args.request.headers.get('accept-language'));
  return { ...state, zones: zones(), currencies: currencies(), locales: locales(), usual };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  // Somebody else was faster: their account is the owner, and this page is gone.
  const tooLate = () => redirect('/login');
  const state = await stillToDo(args, tooLate);
  const form = await request.formData();
  const wait = await countTry(context.db, [{ limit: 'setupAddress', of: networkOf(context.clientIp) }]);
  if (wait !== undefined) {
    return data<FormAnswer>({ errors: {}, values: typed(form), message: waitMessage(wait) }, { status: 429 });
  }
  try {
    if (!state.needsOwner) {
      const read = readForm(companyAlone, form);
      if (!read.ok) return data<FormAnswer>(read, { status: 400 });
      await setUpCompany(context.db, context, actorOf(await findUser(args), context), toCompany(read.value));
      return redirect('/office');
    }
    const read = readForm<Answers>(state.needsCompany ? both : ownerAlone, form);
    if (!read.ok) return data<FormAnswer>(read, { status: 400 });
    const { email, name, password } = read.value;
    const company = state.needsCompany ? toCompany(companyAlone.parse(read.value)) : undefined;
    const { userId } = await setUp(context.db, context, context.requestId, { owner: { email, name, password }, company });
    const signedIn = await signInAs(args, userId);
    return redirect('/office', signedIn === undefined ? {} : { headers: signedIn.headers });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    if (error.code === 'already_done') throw tooLate();
    const { field, message } = error;
    const answer = field === undefined ? { errors: {}, message } : { errors: { [field]: message } };
    return data<FormAnswer>({ values: typed(form), ...answer }, { status: statusOf(error) });
  }
}

function toCompany(input: { company: string; timezone: string; currency: string; locale: string }) {
  return { name: input.company, timezone: input.timezone, currency: input.currency, locale: input.locale };
}

/** The browser knows the zone better than its language does; a zone that was chosen stays. */
function useBrowserZone(chosen: string | undefined) {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const offered = [...(select.current?.options ?? [])].some((option) => option.value === own);
    if (select.current && chosen === undefined && offered && own !== 'UTC') select.current.value = own;
  }, [chosen]);
  return select;
}

export default function SetUp() {
  const { needsOwner, needsCompany, zones, currencies, locales, usual } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const busy = useNavigation().state !== 'idle';
  const values = answer?.values ?? {};
  const errors = answer?.errors ?? {};
  const zone = useBrowserZone(values.timezone);
  return (
    <Entrance
      title="Set up Lectern"
      intro={
        needsCompany
          ? 'You are the first one here. Five minutes from now you can book a session.'
          : 'The company is here already; it only needs its owner.'
      }
      message={answer?.message}
    >
      <Form method="post" ref={form} noValidate>
        <Stack gap="md">
          {needsCompany ? (
            <>
              <Divider label="The company" labelPosition="left" />
              <TextInput
                label="Name"
                name="company"
                autoComplete="organization"
                required
                defaultValue={values.company ?? ''}
                error={errors.company}
              />
              <NativeSelect
                label="Time zone"
                description="It decides which day a session belongs to."
                name="timezone"
                ref={zone}
                data={zones.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
                defaultValue={values.timezone ?? usual.zone}
                error={errors.timezone}
              />
              <NativeSelect
                label="Currency"
                description="Of all invoices and pay. Zone and currency are fixed once the first amount is posted; all else can be changed later."
                name="currency"
                data={currencies}
                defaultValue={values.currency ?? usual.currency}
                error={errors.currency}
              />
              <NativeSelect
                label="Language and region"
                description="How dates, times and amounts are written."
                name="locale"
                data={locales}
                defaultValue={values.locale ?? usual.locale}
                error={errors.locale}
              />
            </>
          ) : null}
          {needsOwner ? (
            <>
              <Divider label="You, the owner" labelPosition="left" />
              <TextInput
                label="Your name"
                name="name"
                autoComplete="name"
                required
                defaultValue={values.name ?? ''}
                error={errors.name}
              />
              <TextInput
                label="E-mail address"
                name="email"
                type="email"
                autoComplete="username"
                autoCapitalize="none"
                required
                defaultValue={values.email ?? ''}
                error={errors.email}
              />
              <PasswordField
                label="Choose a password"
                description="At least 10 characters. A few words in a row are good."
                name="password"
                autoComplete="new-password"
                required
                error={errors.password}
              />
            </>
          ) : null}
          <Button type="submit" loading={busy}>
            Begin
          </Button>
        </Stack>
      </Form>
    </Entrance>
  );
}
