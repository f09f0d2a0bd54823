// The tasks behind `npm start`, `npm test` and the rest; dev.mjs has made everything ready.
import { spawnSync } from 'node:child_process';

const [task, ...words] = process.argv.slice(2);

function run(program, ...args) {
  const { status, signal } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(signal ? 1 : status);
}

const generate = () => run('node', 'scripts/generate-registries.mjs');
const bundle = () => run('node', 'scripts/build.mjs');

const TASKS = {
  start() {
    generate();
    bundle();
    run('node', 'bin/ward.cjs', ...(words.length > 0 ? words : ['node', 'report']));
  },
  build() {
    generate();
    bundle();
  },
  types() {
    generate();
    run('tsc', '-p', '.');
  },
  test() {
    generate();
    bundle();
    run('vitest', 'run', ...words);
  },
  lab: () => run('node', 'lab/main.ts', ...words),
  bench() {
    generate();
    bundle();
    run('node', 'bench/main.ts', ...words);
  },
};

if (!(task in TASKS)) {
  console.error(`There is no task ${task}; there are ${Object.keys(TASKS).join(', ')}.`);
  process.exit(2);
}
TASKS[task]();
