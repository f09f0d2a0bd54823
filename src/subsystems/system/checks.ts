import { type CheckDefinition, told } from '../../core/check-definition.ts';
import type { System } from './section.ts';

/** The checks of `ward inspect` on the machine itself; units, ports and the firewall are with the subsystems that read them. */
export const checks: readonly CheckDefinition[] = [
  { id: 'system.memory', rules: ['memory'], importance: 'high' },
  { id: 'system.disk', rules: ['disk'], importance: 'high', needs: ['disk_use_pct', 'filesystems[].use_pct'] },
  { id: 'system.inodes', rules: ['inodes'], importance: 'high', needs: ['filesystems', 'filesystems[].inode_use_pct'] },
  { id: 'system.read_only', rules: ['read-only'], importance: 'high', needs: ['filesystems'] },
  { id: 'system.mount_silent', rules: ['mount-silent'], importance: 'high', needs: ['filesystems'] },
  { id: 'system.load', rules: ['load'], importance: 'high' },
  { id: 'system.oom', rules: ['oom'], importance: 'critical' },
  { id: 'system.swap', rules: ['swap'], importance: 'medium' },
  told<System>()('system.uptime', 'uptime_seconds'),
  {
    id: 'system.process_user',
    rules: [],
    importance: 'high',
    unasked: 'the report does not tell under which user the programs run',
    concerns: ({ profile }) => profile === 'orama',
  },
  { id: 'system.clock_skew', rules: ['clock-skew'], importance: 'medium', needs: ['time_unix'] },
  { id: 'system.version_consistent', rules: ['version-mismatch'], importance: 'medium', needs: [] },
];
