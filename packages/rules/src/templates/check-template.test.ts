import { expect, test } from "vitest";
import { checkTemplate } from "./check-template.ts";

test.for([
  "plain text with } and { and }}",
  "{{ $labels.instance }} is at {{ $value | humanizePercentage }}",
  "{{- with $labels.job -}} {{ . }} {{- else -}} none {{- end }}",
  '{{ if and (gt $value 0.5) (eq $labels.job "zinc") }}high{{ else if lt $value 0.1 }}low{{ end }}',
  "{{ range $name, $label := $labels }}{{ $name }}={{ $label }} {{ end }}",
  "{{ /* said aside */ }}{{ $x := printf `%.2f` $value }}{{ $x }}",
  '{{ .Labels.instance | toUpper | reReplaceAll "a(.)" "$1" }}',
  '{{ ($labels.instance | stripPort) }} {{ "}}" }}',
])("accepts %s", (text) => {
  expect(checkTemplate(text, "strict")).toBeUndefined();
});

test.for([
  { text: '{{ query "up" }}', wrong: "the function query, which is not allowed, at 1:4" },
  {
    text: '{{ $labels.job | printf "%s" | graphLink }}',
    wrong: "the function graphLink, which is not allowed, at 1:32",
  },
  { text: "{{ externalURL }}", wrong: "the function externalURL, which is not allowed, at 1:4" },
  { text: "{{ $.ExternalURL }}", wrong: "$.ExternalURL, which is not allowed, at 1:5" },
  { text: "{{ range 1000000000 }}x{{ end }}", wrong: "range over something that is not the labels, at 1:1" },
  { text: '{{ define "a" }}{{ template "a" }}{{ end }}', wrong: "define, which is not allowed, at 1:1" },
])("refuses $text in strict mode and leaves it to foreign charms", ({ text, wrong }) => {
  expect(checkTemplate(text, "strict")).toBe(wrong);
  expect(checkTemplate(text, "compatible")).toBeUndefined();
});

test.for([
  { text: "one\n{{ $value", wrong: "an action that is not closed, at 2:1" },
  { text: "{{ frobnicate $value }}", wrong: "the function frobnicate, which is not defined, at 1:4" },
  { text: "{{ $nope }}", wrong: "the variable $nope, which is not defined, at 1:4" },
  { text: "{{ if $value }}x", wrong: "if, which has no end, at 1:1" },
  { text: "x{{ end }}", wrong: "an unexpected end, at 1:2" },
  { text: "{{ }}", wrong: "an action without a value, at 1:1" },
  { text: "{{ $value | }}", wrong: "an action or a command without a value, at 1:1" },
  { text: '{{ $value | "x" }}', wrong: '"\\"x\\"" after |, where a function belongs, at 1:13' },
  { text: "{{ (humanize $value }}", wrong: "a parenthesis that is not closed, at 1:1" },
  { text: "{{ if $value }}{{ else }}{{ else }}{{ end }}", wrong: "an unexpected else, at 1:26" },
  { text: "{{ with $x := 1 }}{{ end }}{{ $x }}", wrong: "the variable $x, which is not defined, at 1:31" },
  { text: "{{ $labels.instance.. }}", wrong: 'an unexpected ".", at 1:20' },
])("says what is wrong with $text, and where", ({ text, wrong }) => {
  expect(checkTemplate(text, "compatible")).toBe(wrong);
});
