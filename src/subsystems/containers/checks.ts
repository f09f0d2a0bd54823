import type { CheckDefinition } from '../../core/check-definition.ts';
import type { Containers } from './section.ts';

const checked = ({ containers }: Containers) => (containers ?? []).filter(({ health }) => health !== null).map(({ name }) => name);

/** The checks of `ward inspect` on containers: those with a health check each by itself. */
export const checks: readonly CheckDefinition[] = [
  { id: 'containers.engine', rules: ['engine-silent'], importance: 'high', each: 'node', needs: ['containers'] },
  { id: 'containers.health', rules: ['unhealthy'], importance: 'high', subjects: checked, needs: ['containers', 'containers[].health'] },
  { id: 'containers.restart_loop', rules: ['restart-loop'], importance: 'high', needs: ['containers', 'containers[].restarts'] },
  { id: 'containers.oom_killed', rules: ['oom-killed'], importance: 'high', needs: ['containers', 'containers[].oom_killed'] },
  { id: 'containers.exited', rules: ['exited'], importance: 'high', needs: ['containers', 'containers[].ended'] },
  { id: 'containers.memory', rules: ['memory'], importance: 'medium', needs: ['containers', 'containers[].memory_bytes'] },
  {
    id: 'containers.no_memory_limit',
    rules: ['no-memory-limit'],
    importance: 'low',
    needs: ['containers', 'containers[].no_memory_limit'],
  },
  { id: 'containers.image_age', rules: ['image-age'], importance: 'low', needs: ['containers', 'containers[].image_age_sec'] },
];
