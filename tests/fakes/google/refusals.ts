/** As Google's APIs refuse: with a reason in `errors` (Calendar) and in `details` or `status` (Meet). */
export function refusal(code: number, reason: string, message: string, status?: string): Response {
  const error = status
    ? { code, message, status, details: reason ? [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }] : [] }
    : { code, message, errors: [{ domain: 'global', reason, message }] };
  return Response.json({ error }, { status: code });
}
