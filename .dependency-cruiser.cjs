/**
 * Who may import whom, by the layers of the architecture. Types cost nothing at run time but tie folders together all the
 * same, so they count, except where a rule says otherwise.
 */
const test = '\\.test\\.tsx?$';

/** Files of ours that the given ones may import; everything else of ours is refused. */
const only = (name, comment, from, to, options = {}) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: test, ...from },
  to: { path: '^(app|plugins|db|emails|config|tests|scripts)/', pathNot: to, ...options },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, path: '^(#|\\.)' },
    },
    {
      name: 'tests-stay-apart',
      comment: 'Nothing that is shipped imports what is for tests.',
      severity: 'error',
      from: { path: '^(app|plugins|db|emails|config)/', pathNot: `${test}|^plugins/contract/testing/|^db/generate-types` },
      to: { path: '^tests/|\\.test\\.tsx?$|^node_modules/(vitest|@playwright|fast-check|smtp-server)/' },
    },
    only(
      'routes-are-http-only',
      'Routes parse, authorise, call the domain and answer: no database, no plugin, no queue.',
      { path: '^app/routes/' },
      '^app/(routes|domain|auth|ui|plugin-host)/|^app/context\\.ts$|^config/defaults\\.ts$',
    ),
    {
      name: 'routes-know-no-sql',
      severity: 'error',
      from: { path: '^app/(routes|ui)/', pathNot: test },
      to: { path: '^node_modules/(kysely|pg|pg-boss|lucia|nodemailer)/' },
    },
    only(
      'ui-has-no-data-access',
      'Shared components get what they show. Types of what they are shown are fine.',
      { path: '^app/ui/', pathNot: `${test}|\\.server\\.ts$` },
      '^app/ui/|^app/domain/(?!.*\\.server\\.ts$)|^app/auth/(?!.*\\.server\\.ts$)|^app/context\\.ts$',
      { dependencyTypesNot: ['type-only'] },
    ),
    only(
      'plain-domain-is-pure',
      'Rules without input or output, safe in a browser; so is the list of languages that mails ship in.',
      { path: '^app/domain/', pathNot: `\\.server\\.ts$|${test}` },
      '^app/(domain|auth)/(?!.*\\.server\\.ts$)|^emails/languages\\.ts$|^config/defaults\\.ts$|^plugins/contract/',
      { dependencyTypesNot: ['type-only'] },
    ),
    {
      name: 'plain-domain-has-no-io',
      severity: 'error',
      from: { path: '^app/domain/', pathNot: `\\.server\\.ts$|${test}` },
      to: { dependencyTypes: ['core'], pathNot: '^node:(assert|util)$' },
    },
    only(
      'domain-server',
      'Use cases and reads: the database, mails as pure rendering, and the types of what they are handed.',
      { path: '^app/domain/.*\\.server\\.ts$' },
      '^app/domain/|^app/context\\.ts$|^app/jobs/job-types\\.ts$|^app/plugin-host/types\\.ts$|^app/auth/|^db/|^emails/|^plugins/contract/|^config/(defaults|env)\\.ts$',
    ),
    {
      name: 'domain-knows-no-http',
      comment: 'The domain never sees a Request or a Response, nor does it own a plugin.',
      severity: 'error',
      from: { path: '^app/domain/', pathNot: test },
      to: { path: '^node_modules/(@remix-run|express|react-dom|@mantine)/' },
    },
    only(
      'jobs',
      'A job calls the domain.',
      { path: '^app/jobs/' },
      '^app/(jobs|domain)/|^app/context\\.ts$|^db/types\\.ts$|^config/(defaults|env)\\.ts$|^emails/',
    ),
    only(
      'auth-and-plugin-host',
      'They stand beside the domain, on the database, and write to the same audit log.',
      { path: '^app/(auth|plugin-host)/' },
      '^app/(auth|plugin-host)/|^app/domain/(errors\\.ts$|audit/)|^app/context\\.ts$|^db/|^plugins/contract/|^config/',
    ),
    {
      name: 'lucia-behind-auth',
      severity: 'error',
      from: { path: '^(app|plugins|db|emails|config)/', pathNot: '^app/auth/' },
      to: { path: '^node_modules/(lucia|@lucia-auth)/' },
    },
    only(
      'a-plugin-knows-the-contract-alone',
      'A plugin imports plugins/contract, its own files and its own SDK.',
      { path: '^plugins/(?!contract/)([^/]+)/', pathNot: '\\.test\\.ts$' },
      '^plugins/contract/|^plugins/$1/',
    ),
    only(
      'the-contract-knows-nobody',
      'Only zod, so that a plugin from npm can import it.',
      { path: '^plugins/contract/' },
      '^plugins/contract/',
    ),
    only('db-knows-nobody', 'The database layer stands alone.', { path: '^db/' }, '^db/'),
    only(
      'emails-know-nobody',
      'Mails are rendered from data alone.',
      { path: '^emails/' },
      '^emails/|^app/domain/(?!.*\\.server\\.ts$)',
    ),
    only('config-knows-plugins-alone', 'config/plugins.ts names them; nothing else.', { path: '^config/' }, '^config/|^plugins/'),
    {
      name: 'server-and-cli-are-roots',
      comment: 'They put everything together, so nothing else can import them.',
      severity: 'error',
      from: { path: '^(app|plugins|db|emails|config)/', pathNot: `^app/(server|cli)/|${test}` },
      to: { path: '^app/(server|cli)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|data|\\.cache|plugins/contract/dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json', '.css'],
    },
  },
};
