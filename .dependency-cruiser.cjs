/**
 * The layers of the app: arrows point down only.
 *   renderer → shared
 *   app, cli → services → world → machines, networks, host, doctor → libvirt, system
 *   helper → host, system, shared
 * Each entry lists the folders of electron/ that one folder may import, besides itself and shared/.
 */
const mayImport = {
  system: [],
  libvirt: ['system'],
  host: ['system'],
  machines: ['system', 'libvirt'],
  networks: ['system', 'libvirt'],
  doctor: ['system', 'libvirt', 'host', 'machines', 'networks'],
  probe: ['system', 'libvirt', 'host'],
  helper: ['system', 'host'],
  world: ['system', 'libvirt', 'host', 'machines', 'networks', 'doctor'],
  services: ['system', 'libvirt', 'host', 'machines', 'networks', 'doctor', 'probe', 'world'],
  cli: ['system', 'libvirt', 'host', 'machines', 'networks', 'doctor', 'world', 'services'],
  app: ['system', 'libvirt', 'host', 'machines', 'networks', 'doctor', 'world', 'services'],
}

/**
 * The rooms within a folder, likewise: which other rooms of the same folder one may import. What lies at a folder's top is
 * everybody's there, and may import all of them.
 */
const rooms = {
  shared: {
    phrases: [],
    world: ['phrases', 'helper', 'doctor'],
    reach: ['phrases', 'world'],
    helper: ['phrases', 'world'],
    doctor: ['phrases', 'world', 'helper'],
    messages: ['phrases', 'world', 'helper', 'reach'],
    snapshot: ['world', 'helper', 'messages'],
    ipc: ['phrases', 'world', 'helper', 'doctor', 'reach', 'snapshot'],
  },
  'electron/host': {
    managers: [],
    ownership: ['managers'],
    bridge: ['managers', 'ownership'],
    records: [],
  },
  'electron/helper': {
    protocol: [],
    'root-files': [],
    kernel: ['root-files'],
    change: ['root-files', 'kernel'],
    store: ['root-files', 'kernel', 'change'],
    runtime: ['root-files'],
    'safety-nets': ['root-files', 'runtime'],
    backends: ['protocol', 'root-files', 'kernel', 'change', 'safety-nets'],
    transaction: ['protocol', 'kernel', 'change', 'store', 'safety-nets', 'backends'],
    additions: ['protocol', 'root-files', 'store', 'safety-nets'],
  },
}

const layers = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  severity: 'error',
  from: { path: `^electron/${folder}/` },
  to: { path: '^(electron|renderer)/', pathNot: `^electron/(${[folder, ...allowed].join('|')})/` },
}))

const inner = Object.entries(rooms).flatMap(([folder, within]) =>
  Object.entries(within).map(([room, allowed]) => ({
    name: `room-${folder.replace(/.*\//, '')}-${room}`,
    severity: 'error',
    from: { path: `^${folder}/${room}/` },
    to: { path: `^${folder}/[^/]+/`, pathNot: `^${folder}/(${[room, ...allowed].join('|')})/` },
  })),
)

module.exports = {
  forbidden: [
    ...layers,
    ...inner,
    {
      name: 'shared-is-pure',
      comment: 'shared/ runs on both sides: no Node, no Electron, nothing above it',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(electron|renderer)/|^node_modules/electron/' },
    },
    {
      name: 'shared-without-node',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-sees-shared-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^electron/|^node_modules/electron/' },
    },
    {
      name: 'renderer-without-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-only-in-the-shell',
      comment: 'everything else runs under plain Node, in the CLI, in tests and as root',
      severity: 'error',
      from: {
        path: '^(electron|shared|renderer)/',
        pathNot: '^electron/(main|preload)\\.ts$|^electron/app/',
      },
      to: { path: '^electron$|^node_modules/electron/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs', '.json'] },
  },
}
