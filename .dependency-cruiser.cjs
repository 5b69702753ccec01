// The architecture as rules. test/architecture/boundaries.test.ts proves that they still read the code.

/** Rooms of core from the bottom up: a room may know those of its own line and of lines before it. */
const FLOORS = [
  ['units', 'kubernetes'],
  ['kubelet', 'claims', 'messages', 'errors'],
  ['explain/facts', 'explain/frame'],
  ['observe', 'placement'],
  ['detect', 'explain', 'incident'],
  ['tell'],
  ['keep'],
  ['patrol'],
]
/** Functions of text and order that any room may use. */
const PLAIN_TEXT = ['^src/core/tell/(neutralise|shown|wrap)-text\\.ts$', '^src/core/incident/severity\\.ts$']

const folders = (rooms) => rooms.map((room) => `^src/core/${room}/`)

const floors = FLOORS.slice(0, -1).map((rooms, floor) => ({
  name: `core-${rooms.map((room) => room.replace('/', '-')).join('-')}-knows-only-what-is-below`,
  comment: 'Data flows one way: observe, explain, detect, tell, keep, patrol (ADR 0001).',
  severity: 'error',
  from: {
    path: folders(rooms),
    pathNot: ['\\.(test|contract)\\.ts$', ...folders(FLOORS.slice(0, floor).flat())],
  },
  to: {
    path: folders(FLOORS.slice(floor + 1).flat()),
    pathNot: [...folders(FLOORS.slice(0, floor + 1).flat()), ...PLAIN_TEXT],
  },
}))

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'What knows itself cannot be understood a part at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      comment: 'Core has no platform and no strangers: it runs in Node.js, in the browser and in the mind.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.(test|contract)\\.ts$' },
      to: { pathNot: ['^src/core/', 'node_modules/zod/'] },
    },
    ...floors,
    {
      name: 'adapters-know-only-core',
      comment: 'An adapter speaks to one outside thing through one port. They share the HTTP client.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/([^/]+)/' },
      to: { path: '^src/(adapters|apps|http|web)/', pathNot: '^src/adapters/($1/$2|http-client)/' },
    },
    {
      name: 'http-knows-only-core',
      comment: 'The server asks the patrol through its own port, PatrolView.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/(adapters|apps|web)/' },
    },
    {
      name: 'page-knows-core-and-the-contract',
      comment: 'The page runs in a browser.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: ['^src/(core|web)/', '^src/http/((list-|node-)?contract|paths)\\.ts$'] },
    },
    {
      name: 'one-member-never-knows-another',
      comment: 'A detector or a family of patterns can be read, moved and deleted alone.',
      severity: 'error',
      from: {
        path: '^src/core/(detect/detectors|detect/cluster-detectors|explain/patterns)/(?!index)([^/]+)\\.ts$',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: '^src/core/$1/' },
    },
    {
      name: 'only-declared-dependencies',
      comment: 'What ships uses what is declared as shipped.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.(test|contract)\\.tsx?$', '^src/web/'] },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'product-knows-no-test',
      comment: 'Tests know the product, never the other way round.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(test|contract)\\.tsx?$' },
      to: { path: '(^test/|\\.(test|contract)\\.tsx?$)' },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing uses is not part of the product.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '^src/apps/cli/kubepatrol\\.ts$', 'search-worker\\.ts$'],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.css'],
    },
  },
}
