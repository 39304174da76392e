/** A unit's folder bears its name with a dash, and holds a folder for each container: `storefront-0/shop/logs/server/current`. */
const PATH = "^.*/(?P<application>[a-z0-9-]+)-(?P<number>[0-9]+)/[^/]+/logs/(?P<service>[^/]+)/[^/]+$";

/** What svlogd writes before each line under `-ttt`: UTC. @see runit, svlogd(8). */
const STAMPED =
  "^(?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]+) (?P<message>(?s).*)$";

/** A longer line is cut in two; Loki refuses one of more than that unless it is told otherwise. */
const LONGEST_LINE = "255KiB";

/**
 * Makes the receiver that reads what every unit's services print, by the application and unit whose folder it lies in.
 *
 * The host names the folders, so that no product can print itself another identity. Files that svlogd has put aside are read to their end,
 * also after the Collector was down.
 *
 * @param folder - Absolute, without glob characters.
 * @param own - The Collector's application: what it says about a failing export must not become more to export.
 */
export function unitLogs(folder: string, own: string): object {
  return {
    include: [`${folder}/*/*/logs/*/current`, `${folder}/*/*/logs/*/@*`],
    start_at: "beginning",
    storage: "file_storage",
    include_file_path: true,
    include_file_name: false,
    max_log_size: LONGEST_LINE,
    // A full queue makes reading wait; files stay until they are read.
    retry_on_failure: { enabled: true, max_elapsed_time: "0s" },
    operators: [
      { type: "regex_parser", parse_from: 'attributes["log.file.path"]', regex: PATH },
      add("juju_application", "attributes.application"),
      add("juju_unit", 'attributes.application + "/" + attributes.number'),
      // Pebble's name for it, which the field's dashboards and rules know.
      add("pebble_service", "attributes.service"),
      { type: "remove", field: "attributes" },
      {
        type: "filter",
        expr: `resource.juju_application == ${JSON.stringify(own)} and body contains "Exporting failed"`,
      },
      {
        type: "regex_parser",
        regex: STAMPED,
        on_error: "send_quiet",
        timestamp: {
          parse_from: "attributes.time",
          layout_type: "gotime",
          layout: "2006-01-02T15:04:05.999999999",
          location: "UTC",
        },
      },
      { type: "move", from: "attributes.message", to: "body", if: "attributes.message != nil" },
      { type: "remove", field: "attributes" },
    ],
  };
}

function add(label: string, expression: string): object {
  return { type: "add", field: `resource.${label}`, value: `EXPR(${expression})` };
}
