const error = 'error'
const only = (name, from, allowed) => ({
  name,
  severity: error,
  from: { path: from },
  to: { pathNot: allowed },
})
const confine = (vendor, homes) => ({
  name: `${vendor.replaceAll('/', '-')}-stays-home`,
  severity: error,
  from: { path: '^(src|workers)/', pathNot: homes },
  to: { path: `node_modules/${vendor}/` },
})

module.exports = {
  forbidden: [
    only('domain-imports-only-domain', '^src/domain/', '^src/domain/'),
    only('app-imports-only-app-and-domain', '^src/app/', '^src/(app|domain)/'),
    only(
      'contracts-import-zod-and-domain',
      '^src/contracts/',
      '^(src/(contracts|domain)/|.*node_modules/(zod|secure-json-parse|yaml)/)',
    ),
    {
      name: 'adapters-face-inwards',
      severity: error,
      from: { path: '^src/adapters/' },
      to: { path: '^(src/(http/|cli/|demo/|compose|main|config)|workers/)' },
    },
    {
      name: 'adapters-are-independent',
      severity: error,
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'http-talks-to-app',
      severity: error,
      from: { path: '^src/http/' },
      to: { path: '^(src/(adapters/|cli/|demo/|compose|main|config)|workers/)' },
    },
    {
      name: 'workers-talk-to-app',
      severity: error,
      from: { path: '^workers/' },
      to: { path: '^src/(adapters/|http/|cli/|demo/|compose|main|config)' },
    },
    {
      name: 'only-entrypoints-compose',
      severity: error,
      from: { pathNot: '^(src/(main\\.ts|cli/|demo/|compose(\\.ts|/))|test/|bench/)' },
      to: { path: '^src/compose(\\.ts|/)' },
    },
    {
      name: 'nothing-imports-the-demo-or-cli',
      severity: error,
      from: { path: '^src/', pathNot: '^src/(main\\.ts|cli/|demo/)' },
      to: { path: '^src/(cli|demo)/' },
    },
    confine('fastify', '^src/(http|demo)/'),
    confine('drizzle-orm', '^src/adapters/postgres/'),
    confine('bullmq', '^src/adapters/queue/'),
    confine('undici', '^src/(adapters/jira|demo)/'),
    { name: 'no-circular', severity: error, from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: error, from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-test',
      severity: error,
      from: { path: '^(src|workers)/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
