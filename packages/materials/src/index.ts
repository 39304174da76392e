/** Makes what a charm asks its host to make once and keep: passwords, keys, requests for certificates, certificates. */
export { makeMaterial } from "./make-material.ts";
export type { MakeMaterial, MaterialSource } from "./make-material.ts";
export { inputsOf, orderOf } from "./generations/order-of.ts";
export type { MaterialOrder } from "./generations/order-of.ts";
export { isDue, materialView } from "./generations/generation.ts";
export type { MaterialGeneration } from "./generations/generation.ts";
export { renewMaterials } from "./generations/renew-materials.ts";
export type { MaterialMaking, RenewedMaterials } from "./generations/renew-materials.ts";
