import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Olric',
  about: 'Whether the members of the cache know each other and one coordinator.',
  order: 42,
  collect,
  rules,
  checks,
  columns,
});
