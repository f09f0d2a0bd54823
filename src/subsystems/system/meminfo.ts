import { absent, unparsed } from '../../core/unknown.ts';

/** Lines of /proc/meminfo (proc_meminfo(5)) in KiB, by name. */
export type Meminfo = (name: string) => number;

/** Reads /proc/meminfo; a line that an older kernel does not have is absent. */
export function meminfo(text: string): Meminfo {
  const lines = new Map([...text.matchAll(/^([A-Za-z0-9_()]+): +(\d{1,15}) kB$/gm)].map(([, name, kib]) => [name, Number(kib)]));
  if (!lines.has('MemTotal')) throw unparsed('no line MemTotal');
  return (name) => {
    const kib = lines.get(name);
    if (kib === undefined) throw absent(`/proc/meminfo has no line ${name}`);
    return kib;
  };
}

/** MiB, truncated. */
export function mebibytes(kib: number): number {
  return Math.floor(kib / 1024);
}

/** The figure after a name in /proc/vmstat. */
export function vmstatCount(name: string): (text: string) => number {
  return (text) => {
    if (!/^nr_free_pages \d/m.test(text)) throw unparsed('no line nr_free_pages');
    const count = new RegExp(`^${name} (\\d{1,15})$`, 'm').exec(text)?.[1];
    if (count === undefined) throw absent(`this kernel does not count ${name}`);
    return Number(count);
  };
}
