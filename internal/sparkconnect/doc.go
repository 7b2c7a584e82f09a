// Package sparkconnect runs SQL on a Spark cluster over Spark Connect.
//
// In comes SQL text, and out go Arrow record batches for small answers. What is large
// stays on the cluster: a statement such as INSERT OVERWRITE DIRECTORY writes it where its
// reader finds it.
//
//	ParseURL  the connection string: sc://host:port/;use_ssl=true
//	Open      a session on the server
//	Exec      a statement without rows
//	Rows      a query with a small answer
//	Close     ends the session, and what runs in it
//
// A statement outlives a connection that breaks: the server goes on with it, and this
// client asks for the rest of what it has to say (operation.go). Faults that pass are
// waited out (retry.go); what a statement did wrong is an [Error] at once. Where ctx
// ends, so does the work on the server (interrupt.go). Where the server has forgotten the
// session, for it was started again, the error is [ErrSessionLost].
//
// The protocol is that of Spark 3.5 and later; connectpb has the part of it that is used here.
// There is a Go client of the Spark project. It cannot stop a query that runs, gives it
// no tags, and does not end its sessions, which is why this one exists.
package sparkconnect
