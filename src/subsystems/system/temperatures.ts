import { type Ask, present } from '../../core/ask.ts';
import type { FileText } from '../../core/host.ts';
import type { Asked } from '../../core/section.ts';
import { absent, type Unknown, unparsed } from '../../core/unknown.ts';
import type { Temperature } from './section.ts';

/** What hwmon chips measure (Documentation/hwmon/sysfs-interface.rst of the kernel), else the thermal zones. Many machines have neither. */
export function temperatures(ask: Ask): () => Asked<Temperature>[] {
  const names = ask.readEach('/sys/class/hwmon/hwmon*/name', byPath);
  const chips = ask.readEach('/sys/class/hwmon/hwmon*/temp*_*', byPath);
  const kinds = ask.readEach('/sys/class/thermal/thermal_zone*/type', byPath);
  const zones = ask.readEach('/sys/class/thermal/thermal_zone*/temp', byPath);
  return () => {
    const found = present(chips) ? ofChips(chips(), present(names) ? names() : new Map()) : [];
    return found.length > 0 || !present(zones) ? found : ofZones(zones(), present(kinds) ? kinds() : new Map());
  };
}

type Texts = ReadonlyMap<string, string>;

function byPath(files: readonly FileText[]): Texts {
  if (files.some(({ path }) => !path.startsWith('/sys/class/'))) throw unparsed('a file that was not asked for');
  return new Map(files.map(({ path, text }) => [path, text.trim()]));
}

function ofChips(texts: Texts, names: Texts): Asked<Temperature>[] {
  return [...texts].flatMap(([path, text]) => {
    const [, stem, chip] = /^((\/sys\/class\/hwmon\/hwmon\d+)\/temp\d+)_input$/.exec(path) ?? [];
    const celsius = degrees(text);
    if (stem === undefined || celsius === null) return [];
    return [
      {
        sensor: chipName(chip ?? '', names),
        label: texts.get(`${stem}_label`) ?? stem.slice(stem.lastIndexOf('/') + 1),
        celsius,
        max_celsius: limit(texts.get(`${stem}_max`)),
        crit_celsius: limit(texts.get(`${stem}_crit`)),
      },
    ];
  });
}

/** Two chips of one kind are told apart by a number. */
function chipName(chip: string, names: Texts): string {
  const name = names.get(`${chip}/name`);
  if (name === undefined) return chip.slice(chip.lastIndexOf('/') + 1);
  const alike = [...names].filter(([, other]) => other === name).map(([path]) => path);
  const at = alike.indexOf(`${chip}/name`);
  return at === 0 ? name : `${name} ${at + 1}`;
}

function ofZones(texts: Texts, kinds: Texts): Asked<Temperature>[] {
  return [...texts].flatMap(([path, text]) => {
    const zone = path.slice(0, path.lastIndexOf('/'));
    const celsius = degrees(text);
    const none = () => absent('a thermal zone tells none');
    return celsius === null
      ? []
      : [
          {
            sensor: kinds.get(`${zone}/type`) ?? 'zone',
            label: zone.slice(zone.lastIndexOf('/') + 1),
            celsius,
            max_celsius: none(),
            crit_celsius: none(),
          },
        ];
  });
}

/** Files hold thousandths of a degree; null for what no sensor can measure, as unconnected ones tell. */
function degrees(text: string): number | null {
  const celsius = /^-?\d{1,7}$/.test(text) ? Math.round(Number(text) / 100) / 10 : Number.NaN;
  return celsius > -60 && celsius < 200 ? celsius : null;
}

/** Limits of 0 or of thousands of degrees are none. */
function limit(text: string | undefined): number | Unknown {
  const celsius = degrees(text ?? '');
  return celsius === null || celsius < 30 ? absent('the sensor tells none') : celsius;
}
