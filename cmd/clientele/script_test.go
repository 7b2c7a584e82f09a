package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts compare with by what the program printed")

// TestScripts runs testdata/script, one file for each topic. Scripts know,
// beside testscript's own commands:
//
//	exits STATUS COMMAND...   run it; the exit status is STATUS
//	complains LINE...         it printed these lines to stderr, each behind
//	                          "clientele: ", and nothing to stdout
//	holds DIR NAME...         the folder has these entries and no others
//	whole DIR                 the folder is a whole publication
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"complains": complains,
			"holds":     holds,
			"whole":     whole,
		},
	})
}

func exits(s *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		s.Fatalf("usage: exits STATUS COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	s.Check(err)
	got := 0
	if err := s.Exec(args[1], args[2:]...); err != nil {
		ended, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			s.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		s.Fatalf("exit status %d, want %d; stderr:\n%s", got, want, s.ReadFile("stderr"))
	}
}

func complains(s *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		s.Fatalf("usage: complains LINE...")
	}
	var got []string
	for line := range strings.Lines(s.ReadFile("stderr")) {
		if !strings.HasPrefix(line, "time=") { // what a run was doing until then
			got = append(got, strings.TrimSuffix(line, "\n"))
		}
	}
	var want []string
	for _, a := range args {
		want = append(want, "clientele: "+a)
	}
	if !slices.Equal(got, want) {
		s.Fatalf("stderr is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if out := s.ReadFile("stdout"); out != "" {
		s.Fatalf("stdout is not empty:\n%s", out)
	}
}

func holds(s *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		s.Fatalf("usage: holds DIR NAME...")
	}
	entries, err := os.ReadDir(s.MkAbs(args[0]))
	s.Check(err)
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, args[1:]) {
		s.Fatalf("%s holds %q, want %q", args[0], got, args[1:])
	}
}

func whole(s *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		s.Fatalf("usage: whole DIR")
	}
	s.Check(checkWhole(s.MkAbs(args[0])))
}
