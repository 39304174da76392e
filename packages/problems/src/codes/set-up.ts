/** Codes of the set-up that `npm start`, `npm test` and `npx orrery` run first in a clone. */
export const setUpCodes = {
  SETUP_NODE_TOO_OLD: {
    title: "this Node cannot run the set-up",
    meaning: "The Node that runs the command is older than the set-up needs. Nothing was installed.",
    remedy: "install Node 20 or newer; the project brings its own Node 24 from there",
  },
  SETUP_PLATFORM_UNSUPPORTED: {
    title: "no Node is pinned for this platform",
    meaning:
      "The project pins Node 24 for Linux with glibc on x64 and arm64. Elsewhere it cannot bring one, and the one that is installed is older than 24.12.",
    remedy: "install Node 24.12 or newer yourself, put it first on the PATH, and run the command again",
  },
  SETUP_NPM_MISSING: {
    title: "npm was not found",
    meaning: "Node or the dependencies have to be installed, and npm is neither on the PATH nor beside Node.",
    remedy: "install npm 10 or newer",
  },
  SETUP_INSTALL_FAILED: {
    title: "npm could not install",
    meaning:
      "npm ended with an error while it installed the pinned Node or the dependencies; its last lines are shown. The next run tries again from the start.",
    remedy: "check that npm reaches a registry (`npm ping`), then run the command again",
  },
  SETUP_BUSY: {
    title: "another set-up does not end",
    meaning: "Another process has held this clone's set-up lock for a quarter of an hour.",
    remedy:
      "end that process or wait for it; if it is not a set-up, remove the lock file that the message names",
  },
} as const;
