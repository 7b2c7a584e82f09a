// Package sparktest starts real Spark Connect servers for tests.
//
//	Shared  the server of the whole test run, which `make test-spark` starts
//	Start   a server of one test's own, to be killed or locked: with a master and workers, or without
//	Proxy   what stands before a server in production: it ends TLS, and cuts connections
//
// Spark and a Java are not part of this project. Where there are none, tests skip with the
// reason. SPARK_HOME says where Spark is; `make test-spark` installs it with pip.
package sparktest
