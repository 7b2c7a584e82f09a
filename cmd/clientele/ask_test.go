//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
)

// seated is a program that somebody sits before.
type seated struct {
	t    *testing.T
	side *os.File // of the person
	of   *exec.Cmd

	mutex sync.Mutex
	shown strings.Builder
	seen  int // of what was shown: what was waited for
	gone  chan struct{}
}

// sitBefore starts the program at a terminal of its own.
func sitBefore(t *testing.T, dir string, args ...string) *seated {
	t.Helper()
	c := exec.Command("clientele", args...)
	c.Dir = dir
	side, err := pty.Start(c)
	require.NoError(t, err)
	term := &seated{t: t, side: side, of: c, gone: make(chan struct{})}
	go term.watch()
	t.Cleanup(func() {
		_ = c.Process.Kill() // no error: it may have ended
		<-term.gone
		require.NoError(t, side.Close())
	})
	return term
}

// watch takes in what the program shows, until it ends.
func (s *seated) watch() {
	defer close(s.gone)
	buffer := make([]byte, 4096)
	for {
		n, err := s.side.Read(buffer)
		s.mutex.Lock()
		s.shown.Write(buffer[:n])
		s.mutex.Unlock()
		if err != nil { // a terminal whose program ended gives EIO
			_ = s.of.Wait() // the test looks at the state
			return
		}
	}
}

func (s *seated) all() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return strings.ReplaceAll(s.shown.String(), "\r\n", "\n")
}

// sees waits until a text is shown, behind what was seen before.
func (s *seated) sees(text string) {
	s.t.Helper()
	require.Eventually(s.t, func() bool {
		all := s.all()
		at := strings.Index(all[s.seen:], text)
		if at >= 0 {
			s.seen += at + len(text)
		}
		return at >= 0
	}, time.Minute, 5*time.Millisecond, "waiting for %q", text)
}

// types types a line, or a sign that the terminal knows.
func (s *seated) types(text string) {
	s.t.Helper()
	_, err := s.side.WriteString(text)
	require.NoError(s.t, err)
}

// ends waits for the end and gives the exit status.
func (s *seated) ends() int {
	s.t.Helper()
	select {
	case <-s.gone:
	case <-time.After(time.Minute):
		s.t.Fatal("the program does not end", s.all())
	}
	return s.of.ProcessState.ExitCode()
}

// doubtful is an export about which nobody but a person knows who bought and which days
// are meant.
func doubtful(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var csv strings.Builder
	csv.WriteString("buyer id,user id,day,total\n")
	for _, row := range []string{"a,x,01/02/2025,9.50", "b,y,03/04/2025,3.25", "a,x,05/06/2025,7", "b,y,07/08/2025,2"} {
		csv.WriteString(row + "\n")
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "orders.csv"), []byte(csv.String()), 0o600))
	return dir
}

// On a terminal init asks; an answer that will not do is told why, and asked for again.
func TestInitAsks(t *testing.T) {
	dir := doubtful(t)
	s := sitBefore(t, dir, "init", "orders.csv")
	s.sees("orders.csv: dates such as 01/02/2025 in day may have the day first or the month: which? dmy or mdy?\n> ")
	s.types("dym\n")
	s.sees(`"dym" is not dmy (the day first), mdy (the month first) or a pattern such as %d/%m/%Y` + "\n> ")
	s.types("\n") // says nothing
	s.sees("> ")
	s.types("dmy\n")
	s.sees("orders.csv: which column says who bought?\n  1  ")
	s.sees("\n  2  ")
	s.sees("\n> ")
	s.types("nobody\n")
	s.sees(`no column is called "nobody": the columns are buyer id, user id, day, total` + "\n> ")
	s.types("user id\n")
	s.sees("Wrote job.yaml.")
	require.Equal(t, exitDone, s.ends(), s.all())
	written, err := os.ReadFile(filepath.Join(dir, "job.yaml"))
	require.NoError(t, err)
	require.Contains(t, string(written), "customer: user id")
	require.Contains(t, string(written), "dates: dmy")
}

// A number is the choice beside which it stands, and nothing is the first.
func TestInitTakesNumbers(t *testing.T) {
	for typed, at := range map[string]string{"2\n": "  2  ", "\n": "  1  "} {
		dir := doubtful(t)
		s := sitBefore(t, dir, "init", "orders.csv", "--dates", "mdy")
		s.sees("\n> ")
		_, choice, found := strings.Cut(s.all(), at)
		require.True(t, found)
		choice, _, _ = strings.Cut(choice, "\n")
		s.types(typed)
		require.Equal(t, exitDone, s.ends(), s.all())
		written, err := os.ReadFile(filepath.Join(dir, "job.yaml"))
		require.NoError(t, err)
		require.Contains(t, string(written), "customer: "+choice)
	}
}

// Ctrl-C at a question ends the program at once, and so does the end of what is typed:
// nothing is left behind.
func TestInitIsLeft(t *testing.T) {
	for sign, status := range map[string]int{"\x03": exitFailed, "\x04": exitUsage} {
		dir := doubtful(t)
		s := sitBefore(t, dir, "init", "orders.csv")
		s.sees("\n> ")
		began := time.Now()
		s.types(sign)
		require.Equal(t, status, s.ends(), s.all())
		require.Less(t, time.Since(began), patience, "it waits for nobody")
		entries, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.Len(t, entries, 1, "orders.csv alone")
	}
}

// Where only one of some answers will do, no other is taken.
func TestInitAsksForASheet(t *testing.T) {
	dir := t.TempDir()
	writeBook(t, filepath.Join(dir, "book.xlsx"))
	s := sitBefore(t, dir, "init", "book.xlsx")
	s.sees("book.xlsx: several of its sheets may have the purchases (Orders, Copy of orders), and to read all might count them twice: which is to be read?\n  1  Orders\n  2  Copy of orders\n> ")
	s.types("order\n")
	s.sees(`"order" is none of Orders, Copy of orders` + "\n> ")
	s.types("2\n")
	require.Equal(t, exitDone, s.ends(), s.all())
	written, err := os.ReadFile(filepath.Join(dir, "job.yaml"))
	require.NoError(t, err)
	require.Contains(t, string(written), "    sheet: Copy of orders         # as you said\n    # sheet: By day  # no column of it says who bought\n    # sheet: Orders  # another sheet has the purchases\n")
}
