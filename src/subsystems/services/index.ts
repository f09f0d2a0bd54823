import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Services',
  noun: 'services',
  about: 'The units that should run: whether they do, whether they restart in a loop, what they use, and what any failed unit said last.',
  tab: 'Services',
  order: 20,
  collect,
  rules,
  checks,
  columns,
});
