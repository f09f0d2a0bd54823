import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Anyone',
  about: 'Whether the relay or client of the Anyone network runs, listens, and has joined its network.',
  order: 47,
  collect,
  rules,
  checks,
  columns,
});
