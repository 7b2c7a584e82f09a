// Command clientele turns transaction exports into a ranked, explained list of
// customers, every night, from one file that says how.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
