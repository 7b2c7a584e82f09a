package customers_test

import "flag"

// Properties are drawn from one seed, so that a change is judged by what it
// changes and not by luck; -rapid.seed=0 draws afresh. Each draw loads exports into the
// engine, which takes a while: there are fewer than elsewhere, and `make test-long` draws
// more.
func init() {
	for name, value := range map[string]string{"rapid.seed": "20261123", "rapid.checks": "40"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}
