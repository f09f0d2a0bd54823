import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'System',
  about: 'The machine itself: CPU, memory, disks, what the kernel killed, its clock, and whether clocks and versions agree across nodes.',
  order: 10,
  collect,
  rules,
  checks,
  columns,
});
