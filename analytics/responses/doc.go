// Package responses knows what became of contacts.
//
// In come the files of responses that the engines wrote, which package ledger reads as it
// reads exports, and what the night before remembered. Out come the events of all nights,
// each once and each with the customer of tonight, who may not be contacted any more
// because of them, and the contacts that were made.
//
// What is remembered is what the files said: the id as they spell it, whoever that is. Who
// it is tonight is asked every night, so that ids which turn out to be one person share
// what they said. The same events give the same memory, over however many files and nights
// they come, and however often.
//
//	event.go    what engines call events
//	heard.go    tonight's rows and the memory together
//	bind.go     who may not be contacted
package responses
