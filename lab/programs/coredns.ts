import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';
import type { Source } from './built.ts';

/** Plugin and package, in the order in which a query meets them. CoreDNS's own plugin.cfg provides for building with fewer: seconds in place of minutes. */
const PLUGINS = ['health:health', 'ready:ready', 'prometheus:metrics', 'errors:errors', 'log:log', 'file:file'];

/** The name server of every host. */
export const COREDNS: Source = {
  name: 'coredns',
  module: 'github.com/coredns/coredns',
  version: 'v1.15.0',
  folder: '.',
  limit_s: 1200,
  prepare(go, copy) {
    writeFileSync(join(copy, 'plugin.cfg'), `${PLUGINS.join('\n')}\n`);
    run([go, 'run', 'directives_generate.go'], { cwd: copy, limit_s: 300 });
  },
};
