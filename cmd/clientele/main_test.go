package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain puts the test binary on the path as `clientele`, so that scripts and
// the tests that kill it run the program in a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"clientele": main, "clientele-without-end": func() {
		breakByAbort()
		println(withoutEnd(0))
	}})
}

// withoutEnd needs a stack without an end.
func withoutEnd(n int) int { return withoutEnd(n+1) + 1 } //nolint:staticcheck // that is what it is for
