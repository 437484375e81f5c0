/**
 * Who may import whom. Arrows point down and inwards: preload/shared knows nobody, pure printing knows only it, main and
 * renderer know both and never each other. Type-only imports count. tests/unit/rules plants one violation for each rule.
 */
const rule = (name, from, to) => ({ name, severity: 'error', from, to });
const npm = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`;
/** Siblings inside main. They are put together only in main/index.ts and main/wiring. */
const areas =
  'devices|platforms|couriers|journal|archive|security|settings|diagnostics|deliveries|feed|images|session|bench';

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true }),
    rule('every-import-is-found', {}, { couldNotResolve: true }),
    rule('packages-are-declared', {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
    rule('nothing-imports-tests', { pathNot: '^tests/' }, { path: '^tests/' }),
    rule('shared-is-pure', { path: '^preload/shared/' }, { pathNot: ['^preload/shared/', npm('zod')] }),
    rule('bridge-is-thin', { path: '^preload/[^/]+\\.ts$' }, { pathNot: ['^preload/', npm('electron')] }),
    rule(
      'bridge-carries-names-only',
      { path: '^preload/[^/]+\\.ts$' },
      {
        path: '^preload/shared/',
        pathNot: '^preload/shared/contract/channel-names\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'printing-pure-core',
      { path: '^printing/(documents|layout|encoders)/' },
      {
        pathNot: [
          '^printing/(documents|layout|encoders)/',
          '^preload/shared/',
          npm('bwip-js', 'fontkit', 'fflate', 'zod'),
        ],
      },
    ),
    rule(
      'documents-and-encoders-meet-in-layout',
      { path: '^printing/(documents|layout|encoders)/' },
      { path: '^printing/(documents|encoders)/', pathNot: '^printing/$1/' },
    ),
    rule('printing-knows-no-process', { path: '^printing/' }, { path: '^(main|renderer)/|^preload/(?!shared/)' }),
    rule(
      'electron-only-where-named',
      { path: '^printing/', pathNot: '^printing/transports/electron-print\\.ts$' },
      { path: npm('electron') },
    ),
    rule('main-never-renders', { path: '^main/' }, { path: '^renderer/|^preload/(?!shared/)' }),
    rule(
      'main-areas-are-siblings',
      { path: `^main/(${areas})/` },
      {
        path: `^main/(${areas}|ipc|app|wiring)/|^main/index\\.ts$`,
        pathNot: ['^main/$1/', '^main/wiring/ports\\.ts$'],
      },
    ),
    // The seams that every area may know must themselves know none.
    rule('ports-are-interfaces', { path: '^main/wiring/ports\\.ts$' }, { pathNot: ['^preload/shared/', npm('zod')] }),
    rule(
      'simulators-are-strangers',
      { path: '^main/simulators/' },
      { path: `^main/(${areas}|ipc|app|wiring)/|^main/index\\.ts$` },
    ),
    rule('connectors-know-no-simulator', { path: `^main/(${areas}|ipc|app)/` }, { path: '^main/simulators/' }),
    rule(
      'renderer-has-no-backdoor',
      { path: '^renderer/' },
      { path: ['^main/|^preload/(?!shared/)|^printing/(printers|transports|queue)/', npm('electron')] },
    ),
    rule('renderer-has-no-node', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
    rule(
      'features-are-islands',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    ),
    rule(
      'only-app-knows-features',
      { path: '^renderer/(?!app/|features/|main\\.tsx)' },
      { path: '^renderer/(app|features)/' },
    ),
    rule(
      'engine-has-no-ui',
      { path: '^renderer/(data|sync|services)/' },
      { path: [npm('react', 'react-dom'), '^renderer/(app|features|components|scanning|state)/'] },
    ),
    rule('dexie-lives-in-data', { path: '^renderer/', pathNot: '^renderer/data/' }, { path: npm('dexie') }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
