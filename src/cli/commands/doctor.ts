import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { EXIT, type Exit } from '../../core/refusal.ts';
import { VERSION } from '../../core/version.gen.ts';
import { examineClock } from '../doctor/clock.ts';
import { type Asked, examineConfiguration } from '../doctor/configuration.ts';
import { doctorPage } from '../doctor/doctor-page.ts';
import type { Examined, Patient } from '../doctor/examined.ts';
import { examineBundle, examineKnownHosts, examineRuntime, examineState } from '../doctor/files.ts';
import { examineAgent, examineKeys } from '../doctor/keys.ts';
import { examineKeyExchange, examineNode, examineSsh, examineSudo } from '../doctor/programs.ts';
import type { ListingGiven } from '../args/listing-options.ts';
import type { Io } from '../io.ts';
import { printListing } from '../listing.ts';
import { pageText } from '../render/page.ts';

/** Looks at what ward needs on the machine where it runs, and says how to mend what is wrong; changes nothing but its own empty runtime folder. Exit 1 for a problem. */
export async function doctor(io: Io, asked: Asked & ListingGiven): Promise<Exit> {
  const patient: Patient = { env: io.env, home: io.env['HOME'] ?? homedir(), folder: fileURLToPath(new URL('.', import.meta.url)) };
  const checks = await examined(io, patient, asked);
  const sick = checks.some(({ state }) => state === 'problem');
  await printListing(io, asked, { version: VERSION, ok: !sick, checks }, (terminal) => pageText(terminal, doctorPage(terminal, checks)));
  return sick ? EXIT.findings : EXIT.fine;
}

async function examined(io: Io, patient: Patient, asked: Asked): Promise<Examined[]> {
  const time = examineClock();
  const { examined: configuration, inventory } = await examineConfiguration(io, patient, asked);
  const [ssh, exchange, agent, clock, sudo] = await Promise.all([
    examineSsh(patient, inventory),
    examineKeyExchange(patient, inventory),
    examineAgent(patient, inventory),
    time,
    examineSudo(patient),
  ]);
  const login = [ssh, exchange, configuration, examineKeys(patient, inventory), agent, examineKnownHosts(patient, inventory)];
  return [examineNode(), ...login, clock, examineState(patient), examineRuntime(patient), examineBundle(patient), sudo];
}
