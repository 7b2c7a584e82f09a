// Command sparkload measures what a night on Spark carries: the bytes of exports for each
// row, those staged and those over the connection for each row and each customer. It then runs
// the same night without a cluster, and tells whether both published the same.
//
//	sparkload [--program bin/clientele] [--set key=value] JOB
//
// SPARKTEST_URL names a server; unset, one with a master and two workers is started, for which
// SPARK_HOME says where Spark is.
//
//	main.go     the command
//	night.go    one run of the program, and what it published
//	socket.go   bytes over the connection
//	stage.go    bytes that were staged
//	compare.go  two publications, file by file
package main
