import { defineSubsystem } from '../../core/subsystem.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Cron',
  noun: 'cron jobs',
  about: 'What runs by the clock, from crontabs and timers: when it last ran, how that ended where it is known, and when it runs next.',
  order: 65,
  collect,
  rules,
  columns,
});
