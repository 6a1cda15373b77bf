/** Units and magnitude words that stand after numbers, as data. */

/** A unit: its dimension and the factor to that dimension's base; `power` for squares and cubes. */
export interface Unit {
  readonly dimension: string;
  readonly factor: number;
  readonly power: number;
}

const table: readonly (readonly [dimension: string, factor: number, names: string])[] = [
  ["length", 1e-3, "mm millimeter millimetre 毫米"],
  ["length", 1e-2, "cm centimeter centimetre 厘米"],
  ["length", 1e-1, "dm decimeter 分米"],
  ["length", 1, "m meter metre 米"],
  ["length", 1e3, "km kilometer kilometre 千米 公里"],
  ["length", 0.0254, "in inch inches inche"],
  ["length", 0.3048, "ft foot feet"],
  ["length", 0.9144, "yd yard"],
  ["length", 1609.344, "mi mile"],
  ["mass", 1e-3, "mg milligram 毫克"],
  ["mass", 1, "g gram 克"],
  ["mass", 1e3, "kg kilogram 千克 公斤"],
  ["mass", 453.59237, "lb lbs pound"],
  ["mass", 28.349523125, "oz ounce"],
  ["mass", 1e6, "ton tonne 吨"],
  ["time", 1, "s sec second 秒"],
  ["time", 60, "min minute 分钟 分"],
  ["time", 3600, "h hr hour 小时 时"],
  ["time", 86_400, "d day 天 日"],
  ["time", 604_800, "week 周 星期"],
  ["money", 1, "dollar usd buck 元 块 人民币 yuan"],
  ["money", 0.01, "cent penny pennies"],
  ["volume", 1e-3, "ml mL milliliter millilitre 毫升"],
  ["volume", 1, "l L liter litre 升"],
];

const units = new Map<string, Unit>(
  table.flatMap(([dimension, factor, names]) => names.split(" ").map((name) => [name, { dimension, factor, power: 1 }] as const)),
);

/** The unit that words name ("square centimeters", "km", "km/h", "miles per hour"), or undefined for words that name none. */
export function knownUnit(words: string): Unit | undefined {
  const [above = "", below, more] = words.split(/\s*\/\s*|\s+per\s+/);
  if (below === undefined) {
    return singleUnit(words);
  }
  const [left, right] = [singleUnit(above), singleUnit(below)];
  return left && right && more === undefined
    ? {
        dimension: `${left.dimension}${left.power}/${right.dimension}${right.power}`,
        factor: left.factor ** left.power / right.factor ** right.power,
        power: 1,
      }
    : undefined;
}

const exponents: Readonly<Record<string, number>> = { "2": 2, "3": 3, "²": 2, "³": 3 };

function singleUnit(words: string): Unit | undefined {
  const raised = /^([a-zA-Z]+)(?:\^?([23])|([²³]))$/.exec(words);
  const prefix = /^(?:square|sq\.?|平方)\s*/.exec(words);
  const cubic = /^(?:cubic|cu\.?|立方)\s*/.exec(words);
  const name = raised?.[1] ?? words.slice((prefix ?? cubic)?.[0].length ?? 0).trim();
  const unit = units.get(name) ?? units.get(name.replace(/\.$/, "")) ?? units.get(name.replace(/s$/, ""));
  return unit && { ...unit, power: exponents[raised?.[2] ?? raised?.[3] ?? ""] ?? (prefix ? 2 : cubic ? 3 : 1) };
}

const magnitudes: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1000,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  dozen: 12,
  百: 100,
  千: 1000,
  万: 1e4,
  亿: 1e8,
};

/** The factor that a word such as "million" or "万" stands for. Further words after it are ignored. */
export function magnitude(words: string): number | undefined {
  return magnitudes[words.split(" ")[0] ?? ""];
}
