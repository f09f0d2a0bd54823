import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'rqlite',
  about: 'Whether the database cluster has one leader and enough voters, and how far each node is behind.',
  order: 40,
  collect,
  rules,
  checks,
  columns,
});
