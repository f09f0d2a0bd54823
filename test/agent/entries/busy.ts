import { localHost } from '../../../src/hosts/local.ts';
import '../../../src/agent/main.ts';

// The agent while a program that it runs does not end.
void localHost().ask('run', {
  program: 'sh',
  words: ['-c', `sleep ${process.env['WARD_TEST_SECONDS']} & sleep ${process.env['WARD_TEST_SECONDS']}`],
});
