import { GraphQLError } from "graphql";

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;
const CLOCK = /^\d{2}:\d{2}:\d{2}$/;

type Question = (args: Record<string, unknown>) => boolean;

/** The type LocalTime of a Function's input: the shop's own day and hour. Times without a zone compare as text. */
export function localTime(now: Date, timezone: string): { readonly date: string } & Record<string, Question | string> {
  const [date = "", clock = ""] = new Intl.DateTimeFormat("sv-SE", {
    ...{ timeZone: timezone, year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  })
    .format(now)
    .split(" ");
  const dateTime = `${date}T${clock}`;
  const instant = (args: Record<string, unknown>, name: string) => textOf(args, name, LOCAL);
  const time = (args: Record<string, unknown>, name: string) => textOf(args, name, CLOCK);
  return {
    date,
    dateTimeAfter: (args) => dateTime > instant(args, "dateTime"),
    dateTimeBefore: (args) => dateTime < instant(args, "dateTime"),
    dateTimeBetween: (args) => dateTime >= instant(args, "startDateTime") && dateTime <= instant(args, "endDateTime"),
    timeAfter: (args) => clock > time(args, "time"),
    timeBefore: (args) => clock < time(args, "time"),
    timeBetween: (args) => clock >= time(args, "startTime") && clock <= time(args, "endTime"),
  };
}

function textOf(args: Record<string, unknown>, name: string, form: RegExp): string {
  const value = args[name];
  if (typeof value === "string" && form.test(value)) return value;
  throw new GraphQLError(`${name} is no time without a zone`);
}
