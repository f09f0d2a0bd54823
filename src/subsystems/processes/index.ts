import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Processes',
  noun: 'processes',
  about: 'Processes that ended and are not collected, programs that run without their unit, and panics in the logs.',
  order: 60,
  collect,
  rules,
  checks,
  columns,
});
