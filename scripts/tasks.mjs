// The tasks behind `npm start`, `npm test` and the rest; dev.mjs has made everything ready.
import { spawnSync } from 'node:child_process';

const [task, ...words] = process.argv.slice(2);

function run(program, ...args) {
  const { status, signal } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(signal ? 1 : status);
}

/** Runs each, also after one that failed. */
function all(...commands) {
  const failed = commands.filter(([program, ...args]) => spawnSync(program, args, { stdio: 'inherit' }).status !== 0);
  if (failed.length > 0) process.exit(1);
}

const generate = () => run('node', 'scripts/generate-registries.mjs');
const bundle = (...how) => run('node', 'scripts/build.mjs', ...how);

/** What `check` holds the whole tree against, in this order; .ci/run takes each for itself. */
const CHECKS = ['types', 'lint', 'format', 'imports', 'unused', 'test'];

const TASKS = {
  start() {
    TASKS.build();
    const page = process.stdout.isTTY ? ['monitor', 'live'] : ['node', 'report'];
    run('node', 'bin/ward.cjs', ...(words.length > 0 ? words : page));
  },
  demo() {
    TASKS.build();
    run('node', 'bin/ward.cjs', 'monitor', 'live', '--replay', 'demo/fleet', ...words);
  },
  test() {
    TASKS.build();
    run('vitest', 'run', ...words);
  },
  check() {
    const failed = CHECKS.filter((name) => {
      console.log(`\n── ${name}`);
      return spawnSync('node', ['scripts/tasks.mjs', name], { stdio: 'inherit' }).status !== 0;
    });
    console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
    process.exit(failed.length === 0 ? 0 : 1);
  },
  build() {
    generate();
    bundle(...(task === 'build' ? words : []));
  },
  'build:agent'() {
    TASKS.build();
    run('node', 'scripts/build-agent.mjs');
  },
  types() {
    generate();
    run('tsc', '-p', '.');
  },
  lint() {
    generate();
    all(['biome', 'lint', '--error-on-warnings', ...words], ['oxlint', '--deny-warnings', ...words]);
  },
  format: () => run('biome', 'format', ...words),
  imports() {
    generate();
    run('node', 'scripts/check-imports.ts');
  },
  unused() {
    generate();
    run('knip');
  },
  docs() {
    generate();
    run('node', 'scripts/generate-docs.ts');
    run('node', 'scripts/generate-schemas.ts');
  },
  man() {
    generate();
    run('node', 'scripts/generate-man.ts');
  },
  pack: () => run('node', 'scripts/check-package.ts'),
  lab() {
    generate();
    bundle();
    run('node', 'lab/main.ts', ...words);
  },
  bench() {
    TASKS.build();
    run('node', 'bench/main.ts', ...words);
  },
};

if (!(task in TASKS)) {
  console.error(`There is no task ${task}; there are ${Object.keys(TASKS).join(', ')}.`);
  process.exit(2);
}
TASKS[task]();
