/** As much of an answer as is looked at. */
export const READ_CHARACTERS = 20_000;

const MOST_CHARACTERS = 4_000;
const HIDDEN = '•••';

/** Names of what nobody needs to read, and of links that let whoever has them in as the host. */
const telling =
  'token|secret|passw|passcode|authorization|api[_-]?key|assertion|verifier|signature|start_url|hostRoomUrl|client_url';
const inJson = new RegExp(`("[^"\\\\]*(?:${telling})[^"\\\\]*"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, 'gi');
const inForm = new RegExp(`((?:^|[?&])[^=&\\s"]*(?:${telling}|^code)[^=&\\s"]*=)[^&\\s"]*`, 'gi');
const jwt = /\beyJ[\w-]{8,}\.[\w-]{4,}(\.[\w-]*)?/g;

/** One call as it was made and answered, before anything in it is masked. */
export interface PluginCall {
  method: string;
  url: URL;
  requestBody: string;
  status: number | null;
  /** Its beginning. */
  responseBody: string;
  ms: number;
  /** Why there is no answer; null where there is one. */
  error: string | null;
}

export interface CallRecord {
  method: string;
  url: string;
  status: number | null;
  ms: number;
  error: string | null;
  request: string;
  response: string;
}

/** A call as it is kept: no header at all, secrets masked by value, by name and by looks, and never more than a page. */
export function callRecord(call: PluginCall, mask: (text: string) => string): CallRecord {
  const clean = (text: string) => mask(text).replace(jwt, HIDDEN).replace(inJson, `$1"${HIDDEN}"`).replace(inForm, `$1${HIDDEN}`);
  // Masked first and cut afterwards: half a secret would not be known again, and so the end of what came cut is left out.
  const bounded = (text: string) => {
    const whole = text.length < READ_CHARACTERS;
    const shown = clean(text)
      .replaceAll('\0', '')
      .slice(0, whole ? undefined : -200);
    return shown.length > MOST_CHARACTERS ? `${shown.slice(0, MOST_CHARACTERS)}…` : shown;
  };
  const { method, status, ms } = call;
  return {
    method,
    status,
    ms,
    url: bounded(call.url.href),
    error: call.error === null ? null : bounded(call.error),
    request: bounded(call.requestBody),
    response: bounded(call.responseBody),
  };
}
