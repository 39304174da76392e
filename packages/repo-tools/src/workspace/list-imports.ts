const IMPORTS = [
  /^(?:import|export)\b[^;'"]*?\bfrom\s*["']([^"']+)["']/gm,
  /^import\s*["']([^"']+)["']/gm,
  /\bimport\(\s*["']([^"']+)["']\s*\)/g,
  /\bimport\.meta\.resolve\(\s*["']([^"']+)["']/g,
];

/**
 * Lists what a module imports: static, dynamic and type-only imports and re-exports.
 *
 * It reads the text as the formatter leaves it, statements at the start of a line, which needs no parser.
 */
export function listImports(text: string): string[] {
  return IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)].map((found) => found[1] ?? ""));
}
