import { onNode } from '../../core/command.ts';
import { fleetRule } from '../../core/rule.ts';
import { whyUnknown } from '../../core/why-unknown.ts';
import type { Containers } from './section.ts';

/** An engine of which nothing could be read because it never answered. It looks at the reports themselves, for there is no section then. */
export const engineSilent = fleetRule<Containers>()({
  name: 'engine-silent',
  severity: 'warning',
  about: 'The container engine takes questions and does not answer them: it hangs, while its containers may go on.',
  source: 'our own',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    snapshot.nodes
      .filter(({ report }) => report?.unknown.some(({ path, kind }) => path === 'containers' && kind === 'timeout') === true)
      .map((node) => {
        const answered = whyUnknown(node, 'containers');
        return {
          node: node.name,
          subject: 'engine',
          message: `the container engine takes questions and does not answer: ${answered}`,
          evidence: { asked: 'GET /containers/json', answered, limit: 'an answer within 3 s' },
          next: onNode`journalctl -u docker.service -n 50`,
        };
      }),
});
