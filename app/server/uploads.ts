/** The pages whose forms have files in them. All others take text alone, so that nobody makes them read more. */
const PAGES = [
  /^\/office\/files\/new$/,
  /^\/office\/(tutors|clients|students|requests)\/[\w-]+(\/[\w-]+)?$/,
  /^\/tutor\/documents(\/[\w-]+)?$/,
  /^\/(office|tutor)\/sessions\/[\w-]+(\/close-out)?$/,
  /^\/family\/sessions\/[\w-]+$/,
  /^\/apply(\/embed)?$/,
  /^\/classroom\/[\w-]+\/files$/,
];

export function takesFiles(path: string): boolean {
  const page = path.replace(/\.data$/, '');
  return PAGES.some((pattern) => pattern.test(page));
}

export function isWithFiles(contentType: string): boolean {
  return /^multipart\/form-data\s*(;|$)/i.test(contentType);
}
