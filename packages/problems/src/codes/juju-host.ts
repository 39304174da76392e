/** Codes of the host that runs our charms under real Juju, and of packing them. */
export const jujuHostCodes = {
  HOOK_ENVIRONMENT_INVALID: {
    title: "the environment is not one that Juju gives",
    meaning:
      "A variable that Juju sets for every hook is missing or not of the known form, so it cannot be told what happened to which unit. Nothing was done.",
    remedy: "have Juju run the charm; to try it without Juju, deploy its folder with `orrery deploy`",
  },
  HOOK_TOOL_FAILED: {
    title: "Juju refused what was asked of it, or did not answer",
    meaning:
      "A hook tool ended with an error. The hook fails, nothing of what it was about to write is kept, and Juju runs it again.",
    remedy: "see the tool's own words in the message, and `juju debug-log`",
  },
  ACTION_RESULT_INVALID: {
    title: "the action's result is more than Juju takes",
    meaning:
      "Juju is given results as arguments of a program, which are limited. The action counts as failed.",
    remedy: "have the action answer with less, such as a count or the path of a file",
  },
  PEBBLE_UNREACHABLE: {
    title: "the container's Pebble does not answer",
    meaning:
      "The workload container is starting, restarting or gone. Its files and services are seen to when Juju says that it is there again.",
    remedy: "wait for the container; `kubectl describe pod` tells why it does not start",
  },
  PEBBLE_FAILED: {
    title: "Pebble refused what was asked of it",
    meaning: "Pebble answered with an error, so that the container is not as the charm wants it.",
    remedy: "see Pebble's own words in the message",
  },
  SYSTEMD_FAILED: {
    title: "systemd refused what was asked of it, or is not there",
    meaning:
      "The machine's systemd could not be told of the charm's services, so that they are not as wanted.",
    remedy: "see its own words in the message; `systemctl status` tells how it is",
  },
  PROGRAM_NOT_ON_MACHINE: {
    title: "the machine lacks a program that the charm runs",
    meaning:
      "The charm's services cannot be started before the program is there. Everything else of the charm is done.",
    remedy: "attach it with `juju attach-resource`, or install it so that it is on the PATH",
  },
  PACK_INVALID: {
    title: "the charm cannot be packed",
    meaning: "Something in the charm's folder cannot go into a .charm file. Nothing was written.",
    remedy: "correct the charm as the message says",
  },
  PACK_NODE_UNAVAILABLE: {
    title: "there is no Node.js to pack",
    meaning:
      "A packed charm carries its own Node.js, since neither machines nor charm containers have one, and none was found for the wanted architecture.",
    remedy: "install the package that the message names, or give a binary with --node FILE",
  },
} as const;
