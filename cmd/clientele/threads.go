package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/pflag"
)

// mostThreads is more than machines have cores. The engine starts all threads that
// it is given, and a hundred thousand keep a machine from doing anything else.
const mostThreads = 1024

// threads is the flag --threads; 0 is as many as there are cores.
type threads int

func (t *threads) String() string { return strconv.Itoa(int(*t)) }

// Type is how --help calls the value.
func (t *threads) Type() string { return "number" }

func (t *threads) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > mostThreads {
		return fmt.Errorf("%q is not a whole number from 0 to %d", text, mostThreads)
	}
	*t = threads(n)
	return nil
}

func (t *threads) add(flags *pflag.FlagSet) {
	flags.Var(t, "threads", "processor cores to use (default all); results do not depend on it")
}
