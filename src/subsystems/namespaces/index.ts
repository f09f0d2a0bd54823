import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Namespaces',
  noun: 'namespaces',
  about: 'Whether the database, cache and gateway of each namespace answer on the nodes that have it.',
  tab: 'Namespaces',
  order: 48,
  collect,
  rules,
  checks,
  columns,
});
