/** Codes of the engine: commands that are refused, and what goes wrong while a model settles. */
export const engineCodes = {
  COMMAND_INVALID: {
    title: "the command does not have the wanted form",
    meaning: "A field of the command is missing, unknown or of the wrong type. Nothing was changed.",
    remedy: "see the command's form with `orrery help`",
  },
  APPLICATION_UNKNOWN: {
    title: "the model has no such application",
    meaning: "The command names an application that is not deployed. Nothing was changed.",
    remedy: "see the applications with `orrery status`",
  },
  APPLICATION_EXISTS: {
    title: "the model has an application of that name already",
    meaning: "Names of applications are unique in a model. Nothing was changed.",
    remedy: "deploy it under another name, or remove the first",
  },
  APPLICATION_DYING: {
    title: "the application is being removed",
    meaning:
      "What is being removed takes no more commands; its name is free again once its last unit is gone. Nothing was changed.",
    remedy: "wait until `orrery status` no longer shows it",
  },
  APPLICATION_NAME_INVALID: {
    title: "the name cannot be an application's",
    meaning:
      "Juju's names of applications are lower-case letters and digits in groups joined by single hyphens, each group with a letter, the first starting with one. Nothing was changed.",
    remedy: "choose another name",
  },
  CHARM_NOT_FOUND: {
    title: "there is no such charm",
    meaning:
      "The reference is neither a charm's name nor a folder or file that holds one. Nothing was changed.",
    remedy: "give a charm's name, the path of its folder, or the path of a telemetry.yaml",
  },
  ENDPOINT_UNKNOWN: {
    title: "the application has no such endpoint",
    meaning:
      "The command names an endpoint that the application's charm does not declare. Nothing was changed.",
    remedy: "see the endpoints with `orrery status --relations`",
  },
  RELATION_AMBIGUOUS: {
    title: "more than one relation is meant",
    meaning:
      "The two applications can be, or are, related through several pairs of endpoints. Nothing was changed.",
    remedy: "name the endpoints: `orrery integrate APPLICATION:ENDPOINT APPLICATION:ENDPOINT`",
  },
  RELATION_NO_INTERFACE: {
    title: "the two share no interface",
    meaning: "One side must provide an interface that the other requires. Nothing was changed.",
    remedy: "choose endpoints of the same interface; the message lists what each side offers",
  },
  RELATION_EXISTS: {
    title: "the two are related already",
    meaning: "A relation between these two endpoints stands. Nothing was changed.",
    remedy: "nothing needs to be done",
  },
  RELATION_LIMIT: {
    title: "the endpoint takes no more relations",
    meaning:
      "The charm declares how many relations the endpoint takes, and that many stand. Nothing was changed.",
    remedy: "remove a relation of that endpoint first",
  },
  RELATION_SELF: {
    title: "an application cannot be related to itself",
    meaning:
      "Both sides name the same application; peer relations are made by themselves. Nothing was changed.",
    remedy: "name two applications",
  },
  RELATION_UNKNOWN: {
    title: "there is no such relation",
    meaning: "The two are not related in that way. Nothing was changed.",
    remedy: "see the relations with `orrery status --relations`",
  },
  UNIT_UNKNOWN: {
    title: "the model has no such unit",
    meaning: "The command names a unit that does not exist. Nothing was changed.",
    remedy: "see the units with `orrery status`",
  },
  UNIT_COUNT_INVALID: {
    title: "the number of units is not allowed",
    meaning: "An application has 0 to 100 units, and one command adds at least one. Nothing was changed.",
    remedy: "give a whole number within the limits",
  },
  UNIT_NOT_PLACED: {
    title: "the unit has no place yet",
    meaning: "The unit has no address, ports and programs so far, so nothing can be run on it.",
    remedy: "wait until `orrery status` shows its address, or mend what its status says",
  },
  ACTION_UNKNOWN: {
    title: "the charm has no such action",
    meaning: "The command names an action that the unit's charm does not declare. Nothing was run.",
    remedy: "name one of the actions that the message lists",
  },
  ACTION_PARAMS_INVALID: {
    title: "the action's parameters do not fit",
    meaning: "A parameter is missing, unknown or of the wrong type. Nothing was run.",
    remedy: "give the parameters as the message says",
  },
  ACTION_FAILED: {
    title: "the action failed",
    meaning: "The charm's action was run and ended with an error. A reconcile followed all the same.",
    remedy: "see the message and `orrery debug-log`",
  },
  ADDRESS_NOT_GRANTED: {
    title: "an action asked for an address that the unit was not granted",
    meaning:
      "Actions may ask their own unit and what its relations were granted, nothing else. No request was made.",
    remedy: "relate the application to what it asks, or correct the charm",
  },
  RECONCILE_TIMEOUT: {
    title: "the charm did not answer in time",
    meaning:
      "The run of reconcile was ended at its deadline. The unit keeps its last good outcome and is in error; the engine tries again with a growing delay.",
    remedy: "correct the charm: a reconcile only computes, and takes milliseconds",
  },
  SETTLE_CYCLE: {
    title: "units keep changing each other's relation data",
    meaning:
      "The model did not come to rest within its bound. The units of the cycle are stopped where they are and tried again later; all others have settled.",
    remedy: "correct the charms on the relation that the message names, or remove it",
  },
  BAG_NOT_LEADER: {
    title: "a unit that is not the leader wrote the application's bag",
    meaning:
      "Only the leader writes for the application. What the unit wrote there was left out; all else stands.",
    remedy: "have the charm publish application data on its leader alone",
  },
  BAG_NOT_MEMBER: {
    title: "a unit wrote to a relation that it is not part of",
    meaning:
      "The outcome names a relation id that is not one of the unit's. What it wrote there was left out; all else stands.",
    remedy: "correct the charm: bags are written by the ids that its view holds",
  },
  BAG_TOO_LARGE: {
    title: "relation data is past the limit",
    meaning: "One bag holds at most 16 MiB of text. The bag keeps what it had; all else stands.",
    remedy: "publish less, or compress it as the interface allows",
  },
  CONFIG_LEFT_OUT: {
    title: "a stored configuration value no longer fits the charm",
    meaning:
      "The charm changed its options since the value was set. The option's default is used instead; the value is kept.",
    remedy: "set the option again, or reset it",
  },
  PLACEMENT_FAILED: {
    title: "a unit could not be given a place",
    meaning:
      "An address, port, program or folder for the unit could not be had. The engine tries again with a growing delay; other units are not affected.",
    remedy: "mend what the message says",
  },
  PUBLICATION_FAILED: {
    title: "what a unit wants could not be made true",
    meaning:
      "Nothing of the unit's new files and services went live; the last good ones stay. The engine tries again with a growing delay.",
    remedy: "mend what the message says",
  },
  REMOVAL_FAILED: {
    title: "a unit could not be removed wholly",
    meaning:
      "Its services or files could not be ended or removed. The engine tries again with a growing delay.",
    remedy: "mend what the message says",
  },
  OBSERVATION_FAILED: {
    title: "a unit could not be looked at",
    meaning: "The supervisor did not say what the unit's services do. What was seen last stands, and is old.",
    remedy: "see the message; the engine looks again by itself",
  },
  WORKLOAD_DOWN: {
    title: "a service does not run",
    meaning:
      "A service that should run has ended, or ends again and again. It is started again with a growing delay.",
    remedy: "see the service's last lines in the message and its whole log with `orrery debug-log`",
  },
  CHECK_DOWN: {
    title: "a health check fails",
    meaning: "The service runs but its check failed as often as its threshold says.",
    remedy: "see what the check asks in the charm, and the workload's log",
  },
  EXTERNAL_UNSUPPORTED: {
    title: "foreign systems are not reached by this host",
    meaning:
      "The charm wants objects in a system that we do not run. This host does not touch foreign systems; nothing was done there.",
    remedy: "use a host that does",
  },
  STORE_FULL: {
    title: "the state cannot be written: no room",
    meaning:
      "The disk that holds the engine's state is full. The change was not made, nothing was lost, and what runs goes on.",
    remedy: "make room on the disk that holds ORRERY_HOME",
  },
  STORE_FAILED: {
    title: "the state cannot be written or read",
    meaning: "The store of the engine's state refused. The change was not made and what runs goes on.",
    remedy: "see the message; check the disk and the rights on ORRERY_HOME",
  },
} as const;
