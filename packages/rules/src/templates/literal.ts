/** Keeps a text that is no template from being read as one: labels and annotations of alerts all are. */
export function literal(text: string): string {
  return text.replaceAll("{{", '{{ "{{" }}');
}
