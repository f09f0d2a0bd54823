#!/usr/bin/env node
// Starts the command line, or says in one line why this Node.js cannot run it. Plain for any Node.js, however old.
'use strict';
var NEEDED = 24;
if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write('ward: Node.js ' + NEEDED + ' or newer is needed, and this is ' + process.versions.node + '\n');
  process.exitCode = 10;
} else {
  keepCompiled();
  require('../dist/ward.cjs');
}

/** Keeps compiled code between runs, only in a folder of the person's own: whoever can write there decides what ward does. */
function keepCompiled() {
  var fs = require('node:fs');
  var path = require('node:path');
  var home = process.env.HOME;
  try {
    if (!home || fs.statSync(home).uid !== process.getuid()) return;
    require('node:module').enableCompileCache(path.join(home, '.cache', 'wardround', 'compiled'));
  } catch (_) {
    // Without it ward only starts slower.
  }
}
