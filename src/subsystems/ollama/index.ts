import { defineSubsystem } from '../../core/subsystem.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Ollama',
  about: 'The language models on the disk and in memory, what they take, and whether another one would still fit.',
  order: 130,
  collect,
  rules,
  columns,
});
