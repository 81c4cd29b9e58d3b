import tseslint from 'typescript-eslint'

const restrict = (...rules) => ['error', ...rules.map(([selector, message]) => ({ selector, message }))]

const noModuleMocks = [
  'CallExpression[callee.object.name="vi"][callee.property.name=/^(mock|doMock|hoisted)$/]',
  'pass a fake through the port instead of mocking a module',
]
const noEnvironment = [
  'MemberExpression[object.name="process"][property.name="env"]',
  'only the entry points read the environment; take configuration as an argument',
]
const now = 'the instant is an argument'
const pure = [
  ['NewExpression[callee.name="Date"][arguments.length=0]', now],
  ['MemberExpression[object.name="Date"][property.name="now"]', now],
  ['MemberExpression[object.name="Temporal"][property.name="Now"]', now],
  ['MemberExpression[object.name="Math"][property.name="random"]', 'randomness is an argument'],
  [':function[async=true]', 'the domain is synchronous'],
  ['AwaitExpression', 'the domain is synchronous'],
]

export default tseslint.config(
  { ignores: ['node_modules', 'data', 'coverage', 'migrations'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'bin/*.js', '.dependency-cruiser.cjs'] },
      },
    },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Our objects are closures: no method reads `this`, so none can lose it.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': restrict(noEnvironment, noModuleMocks),
    },
  },
  {
    files: ['src/domain/**'],
    rules: { 'no-restricted-syntax': restrict(noEnvironment, noModuleMocks, ...pure) },
  },
  {
    files: ['src/main.ts', 'test/**', 'bench/**', '*.ts'],
    rules: { 'no-restricted-syntax': restrict(noModuleMocks) },
  },
  { files: ['**/*.js', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
)
