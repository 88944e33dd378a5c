/** Why checkout stays as it is although the buyer asks to pay now. */
export const enum Refusal {
  None = 0,
  NoSettings,
  SettingsUnreadable,
  Input,
  TooManyMethods,
}

/** What the log says of it. */
export function wordsOf(refusal: Refusal): string {
  switch (refusal) {
    case Refusal.NoSettings:
      return "pareto: nothing is set for paying now";
    case Refusal.SettingsUnreadable:
      return "pareto: the settings for paying now cannot be read, or are of another version";
    case Refusal.TooManyMethods:
      return "pareto: there are too many payment methods";
    default:
      return "pareto: the input cannot be read";
  }
}
