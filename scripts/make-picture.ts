// Makes a picture of what ward prints on a terminal, as it is: node scripts/make-picture.ts FILE.svg COLUMNS WORDS OF WARD …
// Needs script(1) for the terminal. The pictures in docs/pictures are of the lab's hosts while some of its faults hold.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { shellWord } from '../src/core/command.ts';
import { ansiLines } from './picture/ansi-lines.ts';
import { svgOf } from './picture/svg.ts';

const [file, columns = '', ...words] = process.argv.slice(2);
if (file === undefined || !/^\d{2,3}$/.test(columns) || words.length === 0) {
  console.error('usage: node scripts/make-picture.ts FILE.svg COLUMNS WORDS OF WARD …');
  process.exit(2);
}
const ward = [process.execPath, 'bin/ward.cjs', ...words].map(shellWord).join(' ');
const inTerminal = `stty cols ${columns} rows 200; exec ${ward} 2>/dev/null`;
const { stdout, error } = spawnSync('script', ['-qec', inTerminal, '/dev/null'], {
  encoding: 'utf8',
  env: { ...process.env, LANG: 'C.UTF-8', TERM: 'xterm-256color' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (error) throw error;
writeFileSync(file, svgOf(ansiLines(stdout.replaceAll('\r\n', '\n')), `ward ${words.join(' ')}`));
