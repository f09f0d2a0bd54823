import * as z from 'zod/mini';
import { configCheck, doctor, failure, rules } from './commands.ts';
import { inspection } from './inspect.ts';
import { alerts, cluster, fleetReport, nodes, sections } from './monitor.ts';
import { nodeReport } from './report.ts';

/** Every JSON that a command prints, by the name of its published schema. */
export const PUBLISHED = {
  'node-report': nodeReport,
  'monitor-cluster': cluster,
  'monitor-node': nodes,
  'monitor-subsystem': sections,
  'monitor-alerts': alerts,
  'monitor-report': fleetReport,
  inspect: inspection,
  rules,
  'config-check': configCheck,
  doctor,
  error: failure,
};

/** The schemas as they are published, by file name; one refers to another by it. Further keys may come, so none is forbidden. */
export function publishedTexts(): ReadonlyMap<string, string> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(PUBLISHED)) registry.add(schema, { id });
  const fileName = (id: string) => `${id}.schema.json`;
  const { schemas } = z.toJSONSchema(registry, { uri: fileName, io: 'input' });
  return new Map(
    Object.entries(schemas).map(([id, schema]) => [fileName(id), `${JSON.stringify({ title: `wardround ${id}`, ...schema }, null, 2)}\n`]),
  );
}
