module orrery.dev/programs/pebble

go 1.24.6

require github.com/canonical/pebble v1.26.0
