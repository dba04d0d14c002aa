import Stripe from 'stripe';
import { type EffectContext, isPluginError, PluginError } from '#plugins/contract/index.ts';

/**
 * Calls Stripe through the host's own way to the world, so that hosts, deadline and log are the host's. Whatever goes
 * wrong comes out as a PluginError; a refused card stays Stripe's error, since it is an answer.
 */
export async function callStripe<T>(ctx: EffectContext, apiKey: string, call: (stripe: Stripe) => Promise<T>): Promise<T> {
  let failed: unknown;
  let status = 0;
  let retryAfter: string | null = null;
  const fetchThroughHost = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    try {
      const response = await ctx.http(url as string, init);
      status = response.status;
      retryAfter = response.headers.get('retry-after');
      return response;
    } catch (error) {
      failed = error;
      throw error;
    }
  };
  const stripe = new Stripe(apiKey, {
    httpClient: Stripe.createFetchHttpClient(fetchThroughHost),
    // The job queue tries again, with the same idempotency key.
    maxNetworkRetries: 0,
    telemetry: false,
  });
  try {
    return await call(stripe);
  } catch (error) {
    if (isPluginError(failed)) throw failed;
    if (isPluginError(error) || refusedCard(error)) throw error;
    throw asPluginError(error, { status, retryAfter, now: ctx.now() });
  }
}

/** The card was refused: what Stripe says of it; undefined for every other error. */
export function refusedCard(error: unknown): Stripe.errors.StripeCardError | undefined {
  return error instanceof Stripe.errors.StripeCardError ? error : undefined;
}

function asPluginError(error: unknown, seen: { status: number; retryAfter: string | null; now: Date }): PluginError {
  const { StripeError } = Stripe.errors;
  const stripe = error instanceof StripeError ? error : undefined;
  const options = {
    ...(stripe?.code ? { providerCode: stripe.code } : {}),
    ...(stripe?.requestId ? { providerRequestId: stripe.requestId } : {}),
  };
  if (seen.status === 401) {
    return new PluginError('auth_expired', 'Stripe no longer accepts the secret key. Enter a new one in the settings.', options);
  }
  if (seen.status === 403) {
    return new PluginError(
      'scope_missing',
      'The key at Stripe may not do this. Give it the right to, or use another key.',
      options,
    );
  }
  if (seen.status === 429) {
    const seconds = Number(seen.retryAfter) || 30;
    const retryAt = new Date(seen.now.getTime() + seconds * 1_000);
    return new PluginError('rate_limited', 'Stripe takes no more calls for a moment.', { ...options, retryAt });
  }
  if (seen.status >= 500) return new PluginError('unavailable', 'Stripe has a fault of its own.', options);
  if (seen.status === 404) return new PluginError('not_found', 'Stripe knows nothing of it any more.', options);
  if (stripe?.code === 'idempotency_key_in_use' || seen.status === 409) {
    return new PluginError('outcome_unknown', 'Stripe is still at the same payment.', options);
  }
  if (seen.status >= 400) {
    return new PluginError('rejected', stripe ? `Stripe refuses it: ${plain(stripe.message)}` : 'Stripe refuses it.', options);
  }
  return new PluginError('contract_violation', 'Stripe sent something that can’t be understood.', options);
}

/** Stripe puts keys into some of its messages. */
const plain = (text: string) => text.replaceAll(/\b(sk|rk|pk|whsec)_\S+/g, '…');
