package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"clientele/internal/concurrent"
)

// faultError is a fault of the program itself, as a user is told of it.
type faultError struct{ message string }

// Error is the one line about it.
func (e faultError) Error() string { return e.message }

// explainFault puts the trace of a panic in a file and says so. The panic's own text
// is in that file alone: it may hold a customer's data.
func explainFault(p *concurrent.Panic, became string) error {
	where := ""
	if at := faultPlace(p.Stack); at != "" {
		where = " (" + at + ")"
	}
	trace, err := writeTrace(p)
	if err != nil {
		return faultError{fmt.Sprintf("this is a fault of the program%s; %s; its trace could not be written: %v; set TMPDIR to a folder with space and run it again", where, became, err)}
	}
	return faultError{fmt.Sprintf("this is a fault of the program%s; %s; the trace is in %s, please report it", where, became, trace)}
}

// writeTrace writes what a developer needs to a new file that only this user can
// read, in the system's temporary folder: the output folder may be what is at fault.
func writeTrace(p *concurrent.Panic) (path string, err error) {
	f, err := os.CreateTemp("", "clientele-fault-*.txt")
	if err != nil {
		return "", err
	}
	_, err = fmt.Fprintf(f, "clientele %s %s %s/%s\n%q\n\npanic: %v\n\n%s",
		version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, os.Args, p.Value, p.Stack)
	return f.Name(), errors.Join(err, f.Close())
}

// faultPlace is where in this program a panic arose, such as "clv.Fit at fit.go:12";
// empty where the trace does not tell.
func faultPlace(stack []byte) string {
	_, after, found := bytes.Cut(stack, []byte("\npanic("))
	if !found {
		return ""
	}
	lines := strings.Split(string(after), "\n")
	for i, line := range lines[:len(lines)-1] {
		if !strings.HasPrefix(line, "clientele/") && !strings.HasPrefix(line, "main.") {
			continue
		}
		function := line[strings.LastIndexByte(line, '/')+1:]
		if end := strings.LastIndexByte(function, '('); end > 0 {
			function = function[:end]
		}
		place, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " +")
		return function + " at " + filepath.Base(place)
	}
	return ""
}
