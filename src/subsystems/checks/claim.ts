import { type Json, json } from '../../core/json.ts';
import { scrubbed } from '../../core/scrub.ts';
import { many } from '../../core/units.ts';
import { unparsed } from '../../core/unknown.ts';
import type { Claim } from './section.ts';

const MOST_FIGURES = 60;
const MOST_SERVICES = 200;
const LENGTH = 120;

/** What another program's `/health` says, in the shape of a gateway or of an application's statistics; whatever its status was. */
export function claimIn(body: string): Claim {
  const told = json(quotedLong(body));
  const services = servicesIn(told.at('services'));
  const status = textOf(told.at('status'));
  if (status === '' && services.length === 0) throw unparsed('the answer tells neither a status nor services');
  return {
    status,
    from: textOf(told.at('version')) || textOf(told.at('hostname')),
    at: textOf(told.at('generated_at')) || textOf(told.at('collected_at')),
    services: services.slice(0, MOST_SERVICES),
    figures: figuresIn(told).slice(0, MOST_FIGURES),
  };
}

/** Whole numbers that JavaScript would round, such as nanoseconds since 1970, become texts; what stands in a text stays. */
export function quotedLong(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (found) => (found.startsWith('"') ? found : `"${found}"`));
}

/** A list of objects with `name` or `id`, or an object of words. */
function servicesIn(services: Json): Claim['services'] {
  if (!services.given) return [];
  if (Array.isArray(services.value)) {
    return services.list.map((each) => ({
      name: textOf(each.at('name')) || textOf(each.at('id')) || '(no name)',
      status: textOf(each.at('status')),
      desired: textOf(each.at('desired')),
      detail: detailOf(each.at('retry_count')),
    }));
  }
  return services.entries.map(([name, each]) => ({ name: name.slice(0, LENGTH), status: textOf(each), desired: '', detail: '' }));
}

/** Retries go back to none once a service is stable. */
function detailOf(retries: Json): string {
  return typeof retries.value === 'number' && retries.value > 0 ? many(retries.value, 'retry', 'retries') : '';
}

function textOf(field: Json): string {
  return typeof field.value === 'string' ? scrubbed(field.value.slice(0, LENGTH)) : '';
}

/** Numbers of the object and of the objects in it; lists are the services' business. */
function figuresIn(told: Json, deep = 0): Claim['figures'] {
  return told.entries.flatMap(([, field]): Claim['figures'] => {
    const { value, path } = field;
    if (typeof value === 'number' && Number.isFinite(value)) return [{ name: path.slice(0, LENGTH), value }];
    return deep < 2 && typeof value === 'object' && value !== null && !Array.isArray(value) ? figuresIn(field, deep + 1) : [];
  });
}
