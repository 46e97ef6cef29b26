/**
 * The layers of the app: arrows point down only.
 *   renderer → shared
 *   app, cli → services → world → machines, networks, host, doctor → libvirt
 *   helper → host, shared
 * Each entry lists the folders of electron/ that one folder may import, besides itself and shared/.
 */
const mayImport = {
  libvirt: [],
  host: [],
  machines: ['libvirt'],
  networks: ['libvirt'],
  doctor: ['libvirt', 'host', 'machines', 'networks'],
  probe: ['libvirt', 'host'],
  helper: ['host'],
  world: ['libvirt', 'host', 'machines', 'networks', 'doctor'],
  services: ['libvirt', 'host', 'machines', 'networks', 'doctor', 'probe', 'world'],
  cli: ['libvirt', 'host', 'machines', 'networks', 'doctor', 'world', 'services'],
  app: ['libvirt', 'host', 'machines', 'networks', 'doctor', 'world', 'services'],
}

const layers = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  severity: 'error',
  from: { path: `^electron/${folder}/` },
  to: { path: '^(electron|renderer)/', pathNot: `^electron/(${[folder, ...allowed].join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...layers,
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
