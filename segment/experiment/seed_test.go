package experiment

import "flag"

// Properties are drawn from one seed, so that a change is judged by what it
// changes and not by luck; -rapid.seed=0 draws afresh.
func init() {
	if err := flag.Set("rapid.seed", "20261123"); err != nil {
		panic(err)
	}
}
