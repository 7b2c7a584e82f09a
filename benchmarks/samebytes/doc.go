// Command samebytes shows that a change moved code and no number.
//
// In comes a commit; out goes, on standard output, a line for each job, with the
// first difference where there is one:
//
//	commit       -> program -> commands of a job in a fresh folder -> files \
//	                                                                         compared byte by byte
//	working tree -> program -> the same commands in another folder -> files /
//
// A job is a file under jobs: commands, one a line, and the files that they read. What
// each command printed and its exit status are files too, under commands. Set aside are
// what differs from run to run of one program (timings, and the checksum of run.json,
// which covers the versions) and the versions.
//
// What the program of a commit left is kept for the next comparison with that commit.
package main
