/** Why a cart gets no discount at all. */
export const enum Refusal {
  None = 0,
  Input,
  NoPlan,
  PlanUnreadable,
  OutsideSchedule,
  Exchange,
  PointOfSale,
  TooManyLines,
  NoLines,
  OutputTooLarge,
}

/** What the log says of it. */
export function wordsOf(refusal: Refusal): string {
  switch (refusal) {
    case Refusal.NoPlan:
      return "pareto: there is no plan";
    case Refusal.PlanUnreadable:
      return "pareto: the plan cannot be read, or is of another version";
    case Refusal.OutsideSchedule:
      return "pareto: the plan does not hold today";
    case Refusal.Exchange:
      return "pareto: the currency or its rate cannot be read";
    case Refusal.PointOfSale:
      return "pareto: the plan leaves out point of sale";
    case Refusal.TooManyLines:
      return "pareto: the cart has too many lines";
    case Refusal.NoLines:
      return "pareto: no line of the cart may be discounted";
    case Refusal.OutputTooLarge:
      return "pareto: the lines' ids are too long for the output";
    default:
      return "pareto: the input cannot be read";
  }
}
