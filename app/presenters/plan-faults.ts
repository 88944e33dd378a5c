import type { PlanFault } from "#app/core/plan/plan-reader.ts";

const FIELDS: Readonly<Record<string, string>> = {
  title: "title",
  percent: "percentage",
  amountOff: "amount off",
  fixedPrice: "fixed price",
  methods: "payment methods",
  discountDays: "paid within",
  netDays: "due anyway after",
  creditDays: "can be spent for",
  from: "from",
  to: "last day",
  days: "days",
  collections: "collections",
  tiers: "tiers",
  companies: "companies",
  key: "key accounts",
  limits: "limits",
  minMarginPercent: "minimum margin",
  minOverCost: "minimum over the cost",
  maxPercent: "highest percentage in all",
  highestTaxPercent: "highest tax rate",
  schedule: "schedule",
  exclude: "left out",
};

/** "parts.0.steps.1.percent": part 1, step 2, percentage. */
const placeInWords = (at: string): string => {
  const names = at.split(".");
  const words = names.flatMap((name, index) => {
    const before = names[index - 1];
    const number = Number(name) + 1;
    if (before === "parts") return [`part ${number}`];
    if (before === "steps") return [`step ${number}`];
    if (before === "companies") return name === "" ? [] : [`company ${name}`];
    return name === "parts" || name === "steps" || name === "window" || name === "companies"
      ? []
      : [FIELDS[name] ?? name];
  });
  const text = words.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is wrong, to stand at the field: "This is not an amount in USD such as "2"." */
export const faultAtField = ({ reason }: PlanFault): string =>
  /^(is|has|needs|gives) /.test(reason) ? `This ${reason}.` : `${capital(reason)}.`;

/** What is wrong, with where: to stand in a list of all. */
export const faultInWords = (fault: PlanFault): string => {
  const place = ["plan", "parts", "version"].includes(fault.at) ? "" : placeInWords(fault.at);
  if (place === "") return faultAtField(fault);
  return /^(is|has|needs|gives) /.test(fault.reason) ? `${place}: this ${fault.reason}.` : `${place}: ${fault.reason}.`;
};

/** Somebody else has saved the plan since it was loaded. */
export const isConflict = (faults: readonly PlanFault[]): boolean => faults.some(({ at }) => at === "version");
