import { absent, unparsed } from '../../core/unknown.ts';

/** The files with a container's counters (cgroups(7)). */
export interface Cgroup {
  memory: string;
  memory_stat: string;
  cpu: string;
  disk: string;
}

const ROOT = '/sys/fs/cgroup';
const LINE = /^\d+:([^:]*):(\/.*)$/;

/** From `/proc/PID/cgroup`; absent if that process is not the container's any more. */
export function cgroupOf(text: string, id: string): Cgroup {
  const groups = text.split('\n').flatMap((line): { controllers: string[]; path: string }[] => {
    const [, controllers, path] = LINE.exec(line) ?? [];
    return controllers === undefined || path === undefined ? [] : [{ controllers: controllers.split(','), path }];
  });
  if (groups.length === 0) throw unparsed('no line of a control group');
  const own = groups.filter(({ path }) => path.includes(id) && !path.split('/').includes('..'));
  if (own.length === 0) throw absent('it ended before it was looked at');
  const path = (controller: string) => own.find(({ controllers }) => controllers.includes(controller))?.path;
  const memory = path('memory');
  return memory === undefined ? second(path('')) : first(memory, path('cpuacct'), path('blkio'));
}

function second(path: string | undefined): Cgroup {
  if (path === undefined) throw unparsed('no control group with memory');
  const folder = `${ROOT}${path}`;
  return { memory: `${folder}/memory.current`, memory_stat: `${folder}/memory.stat`, cpu: `${folder}/cpu.stat`, disk: `${folder}/io.stat` };
}

/** Each controller is a tree of its own; one that is not used here has no file. */
function first(memory: string, cpu: string | undefined, disk: string | undefined): Cgroup {
  return {
    memory: `${ROOT}/memory${memory}/memory.usage_in_bytes`,
    memory_stat: `${ROOT}/memory${memory}/memory.stat`,
    cpu: `${ROOT}/cpuacct${cpu ?? memory}/cpuacct.usage`,
    disk: `${ROOT}/blkio${disk ?? memory}/blkio.throttle.io_service_bytes_recursive`,
  };
}
