import { EXIT, type Exit, Refusal } from '../../core/refusal.ts';
import type { Report } from '../../core/report.ts';
import type { Io } from '../io.ts';
import { listOf } from '../options.ts';

/** As the words of `ward node report` were given. */
export interface ReportOptions {
  json?: true;
  only?: string;
  frame?: string;
  utc?: true;
}

/** Reports on this machine: a page for people, one line of JSON, or that in a frame for the one who asked. */
export async function nodeReport(io: Io, { json, only, frame, utc }: ReportOptions): Promise<Exit> {
  const { localReport } = await import('../../agent/report.ts');
  const { COLLECTORS } = await import('../../subsystems/collectors.gen.ts');
  const sections = only === undefined ? null : await listOf('--only', async () => Object.keys(COLLECTORS))(only);
  if (frame !== undefined && !/^[\w-]{8,64}$/.test(frame)) throw new Refusal(EXIT.usage, '--frame takes 8 to 64 letters, digits, - and _');
  const asked_at_ms = Date.now();
  const report = await localReport(sections);
  if (frame !== undefined) await io.print(await (await import('../../agent/frame.ts')).framed(frame, JSON.stringify(report), EXIT.fine));
  else if (json === true) await io.print(`${(await import('../../core/clean.ts')).printableJson(report)}\n`);
  else await io.page(await page(io, { report, asked_at_ms, utc: utc === true }));
  return EXIT.fine;
}

async function page(io: Io, { report, asked_at_ms, utc }: { report: Report; asked_at_ms: number; utc: boolean }): Promise<string> {
  const [{ SUBSYSTEMS }, { judged }, { localNode }, { reportPage }, { pageText }, { terminalOf }] = await Promise.all([
    import('../../subsystems/all.gen.ts'),
    import('../monitor/judged.ts'),
    import('../node/local-node.ts'),
    import('../node/report-page.ts'),
    import('../render/page.ts'),
    import('../render/terminal.ts'),
  ]);
  const answered_at_ms = Date.now();
  const node = localNode(report, { asked_at_ms, answered_at_ms });
  const snapshot = { environment: null, taken_at_ms: asked_at_ms, duration_ms: answered_at_ms - asked_at_ms, nodes: [node] };
  const { findings } = judged(snapshot, []);
  const terminal = terminalOf(io.stdout, io.env);
  return pageText(terminal, reportPage(terminal, { snapshot, node, findings, subsystems: SUBSYSTEMS, utc, user: await notRoot() }));
}

/** The name of the person who runs ward; null for root. */
async function notRoot(): Promise<string | null> {
  if (process.getuid?.() === 0) return null;
  const { userInfo } = await import('node:os');
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? '?'}`;
  }
}
