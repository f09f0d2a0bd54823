interface Modules {
  'node:child_process': typeof import('node:child_process');
  'node:crypto': typeof import('node:crypto');
  'node:dns': typeof import('node:dns');
  'node:http': typeof import('node:http');
  'node:https': typeof import('node:https');
  'node:net': typeof import('node:net');
  'node:tls': typeof import('node:tls');
}

/** A module of Node.js, loaded when something is asked that needs it: each costs one to fifteen milliseconds that most reports can spare. */
export async function builtin<Name extends keyof Modules>(name: Name): Promise<Modules[Name]> {
  // Without the loader of modules, which costs as much again. Node.js before 20.16 has no such function.
  const { getBuiltinModule } = process as { getBuiltinModule?: (name: Name) => Modules[Name] };
  return getBuiltinModule === undefined ? ((await import(name)) as Modules[Name]) : getBuiltinModule(name);
}
