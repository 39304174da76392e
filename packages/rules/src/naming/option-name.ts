/**
 * Gives the name of the charm's option by which an operator tunes a parameter: `high-error-rate-threshold`.
 *
 * Capitals start a new word (`HTTPErrorRate` is `http-error-rate`); whatever Juju's option names can't hold becomes a hyphen.
 */
export function optionName(rule: string, parameter: string): string {
  return [rule, parameter].map(kebab).filter(Boolean).join("-");
}

function kebab(text: string): string {
  return text
    .replaceAll(/([a-z\d])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
