import { defineSubsystem } from '../../core/subsystem.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Gateway',
  noun: 'gateway',
  about: 'Whether the gateway answers, and what it claims of what it stands on, with the age of that claim.',
  order: 46,
  collect,
  rules,
  columns,
});
