package main

// The time zones of a machine come first. Images and slim systems have none, or only
// those under their newest names (US/Eastern is in Debian's tzdata-legacy): there the
// program's own serve.
import _ "time/tzdata"
