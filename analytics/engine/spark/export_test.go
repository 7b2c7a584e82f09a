package spark

// ConnectBy opens a connection whose sessions a test makes.
var ConnectBy = connect
