/** Packing our charms for real Juju. What a packed charm runs is behind the door `./packed`. */
export { packCharm } from "./pack/pack-charm.ts";
export type { PackOptions, PackedCharm, PackedFile } from "./pack/pack-charm.ts";
export type { Architecture } from "./pack/render-metadata.ts";
export type { Substrate } from "./hook/packed-settings.ts";
