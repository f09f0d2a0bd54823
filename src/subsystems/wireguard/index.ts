import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'WireGuard',
  about: 'Whether the mesh interface is up, who last heard whom, and whether every pair of nodes lists each other.',
  tab: 'WG Mesh',
  order: 30,
  collect,
  rules,
  checks,
  columns,
});
