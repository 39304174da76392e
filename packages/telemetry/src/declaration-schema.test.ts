import type { FromSchema } from "json-schema-to-ts";
import { expectTypeOf, test } from "vitest";
import type { TelemetryDeclaration } from "./declaration.ts";
import type { declarationSchema } from "./declaration-schema.ts";

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

test("the schema admits what the type admits, and nothing else", () => {
  type Admitted = Frozen<FromSchema<typeof declarationSchema>>;

  expectTypeOf<Admitted>().toExtend<TelemetryDeclaration>();
  expectTypeOf<TelemetryDeclaration>().toExtend<Admitted>();
  expectTypeOf<keyof Admitted>().toEqualTypeOf<keyof TelemetryDeclaration>();
  expectTypeOf<keyof NonNullable<Admitted["metrics"]>[number]>().toEqualTypeOf<
    keyof NonNullable<TelemetryDeclaration["metrics"]>[number]
  >();
});
