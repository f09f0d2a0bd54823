import { onNode } from '../../core/command.ts';
import { type Rule, rule } from '../../core/rule.ts';
import type { Ollama } from './section.ts';

const down = rule<Ollama>()({
  name: 'down',
  severity: 'warning',
  about: 'Ollama is installed and does not answer.',
  source: 'our own',
  levels: {},
  needs: ['responsive'],
  find: ({ responsive }) =>
    responsive
      ? []
      : [
          {
            subject: 'ollama',
            message: 'Ollama does not answer, so no model can be asked',
            evidence: { asked: 'GET /api/version', answered: 'no good answer', limit: 'its version' },
            next: onNode`journalctl -u ollama -n 50`,
            follows: { rule: 'services/failed', subject: 'ollama' },
          },
        ],
});

/** What may be wrong with Ollama. */
export const rules: readonly Rule[] = [down];
