import { fleetReport } from '../json/fleet-report.ts';
import type { View } from '../view.ts';

/** The whole fleet as one JSON document for language models; it has no other form. */
export const report: View = { failOn: 'never', json: (round) => fleetReport(round), page: () => [] };
