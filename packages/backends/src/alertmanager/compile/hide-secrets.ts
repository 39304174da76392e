import type { FileOutcome } from "@orrery/charm";
import { sha256 } from "../../judging/rejections.ts";
import { asObject } from "../../read/json-field.ts";
import type { AlertmanagerCapabilities } from "../capabilities.ts";
import { hasMinor } from "../capabilities.ts";

/** A receiver whose secrets lie in files of their own, as far as the version reads them from there. */
export interface HiddenReceiver {
  readonly receiver: unknown;
  readonly files: Readonly<Record<string, FileOutcome>>;
}

/**
 * Moves webhook addresses, Slack addresses, passwords and tokens of a receiver to 0600 files under digest names.
 *
 * The main file is 0600 too; this keeps secrets out of what Alertmanager and its checker print.
 */
export function hideSecrets(receiver: unknown, to: AlertmanagerCapabilities): HiddenReceiver {
  const files: Record<string, FileOutcome> = {};
  const hide = (content: string): string => {
    const path = `secrets/${sha256(content)}`;
    files[path] = { content, mode: "0600", onChange: "reload" };
    return `${to.folder}/${path}`;
  };
  const moved = Object.entries(asObject(receiver)).map(([kind, value]) => {
    if (!kind.endsWith("_configs") || !Array.isArray(value)) return [kind, value] as const;
    return [kind, value.map((config) => hideIn(kind, asObject(config), { to, hide }))] as const;
  });
  return { receiver: Object.fromEntries(moved), files };
}

interface On {
  readonly to: AlertmanagerCapabilities;
  readonly hide: (content: string) => string;
}

type Fields = Readonly<Record<string, unknown>>;

function hideIn(kind: string, config: Fields, { to, hide }: On): Fields {
  // `url_file` of webhooks came with 0.26 and works since 0.28.
  const webhook = kind === "webhook_configs" && hasMinor(to.version, 28);
  const named = move(
    move(config, webhook ? ["url", "url_file"] : undefined, hide),
    kind === "slack_configs" ? ["api_url", "api_url_file"] : undefined,
    hide,
  );
  const http = named["http_config"];
  if (http === undefined) return named;
  const fields = asObject(http);
  const hidden = {
    ...fields,
    ...("basic_auth" in fields
      ? { basic_auth: move(asObject(fields["basic_auth"]), ["password", "password_file"], hide) }
      : {}),
    ...("authorization" in fields
      ? { authorization: move(asObject(fields["authorization"]), ["credentials", "credentials_file"], hide) }
      : {}),
  };
  return { ...named, http_config: hidden };
}

function move(fields: Fields, names: readonly [string, string] | undefined, hide: On["hide"]): Fields {
  if (!names) return fields;
  const [plain, file] = names;
  const { [plain]: secret, ...rest } = fields;
  return typeof secret === "string" && secret !== "" ? { ...rest, [file]: hide(secret) } : fields;
}
