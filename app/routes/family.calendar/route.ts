import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { isId } from '#app/domain/is-id.ts';

/** The month, where a calendar is looked for; the days and the other views are those of the sessions' page. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await authorize({ request, context }, 'family.enter');
  const student = new URL(request.url).searchParams.get('student');
  return redirect(`/family/sessions?view=month${isId(student) ? `&student=${student}` : ''}`);
}
