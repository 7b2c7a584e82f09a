package main

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestKilledAtAnyMoment kills runs of the night already published and of later
// ones, and reads the publications after each as others would, before any
// repair.
func TestKilledAtAnyMoment(t *testing.T) {
	switch runtime.GOOS {
	case "windows", "plan9", "js", "wasip1":
		t.Skip("no SIGKILL on this system")
	}
	t.Parallel()
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	s := newShop(t, 1500)
	s.flags = []string{"--set", "clv.model=nbd", "--set", "stages=off"} // the moments are those of publishing
	pace := s.publish(firstNight)
	known := s.requireWhole(nil)
	require.Equal(t, []string{firstNight}, known)

	killed := 0
	for round := range rounds {
		night := firstNight
		if round%2 == 1 {
			night = nightAfter(1 + round)
		}
		if s.kill(night, aMoment(round, pace)) {
			killed++
		}
		known = s.requireWhole(known)
	}
	t.Logf("killed %d of %d runs; %d nights were published", killed, rounds, len(known))
	require.Positive(t, killed)

	// A run that is left alone succeeds and leaves nothing of the killed ones.
	last := nightAfter(1 + rounds)
	s.publish(last)
	known = s.requireWhole(known)
	require.Equal(t, last, known[len(known)-1])
	require.Equal(t, last, s.latest)
	require.Equal(t, append(append([]string{".lock"}, known...), "latest"), s.entries())
	left, err := os.ReadDir(s.spill)
	require.NoError(t, err)
	require.Empty(t, left)
}

const firstNight = "2026-06-30"

// nightAfter is the day so many days after the first night.
func nightAfter(days int) string {
	first, err := time.Parse(time.DateOnly, firstNight)
	if err != nil {
		panic(err) // a constant of this file
	}
	return first.AddDate(0, 0, days).Format(time.DateOnly)
}

// pace is how long a run takes that nobody kills.
type pace struct {
	whole      time.Duration
	publishing time.Duration // from the beginning of the last stage to the end
}

// moment is when to kill a run: so long after one of its milestones.
type moment struct {
	after milestone
	delay time.Duration
}

// milestone is something that can be seen of a run from outside.
type milestone int

const (
	started    milestone = iota
	publishing           // it said so
	sealed               // run.json is in the staging folder: only the commit is left
)

// aMoment chooses a moment for a round: over the whole run one time in four,
// else where publications come to be.
func aMoment(round int, p pace) moment {
	dice := rand.New(rand.NewPCG(2026, uint64(round)))
	share := dice.Float64()
	switch dice.IntN(4) {
	case 0:
		return moment{started, time.Duration(share * float64(p.whole))}
	case 1, 2:
		return moment{publishing, time.Duration(share * float64(p.publishing))}
	}
	const commit = 15 * time.Millisecond // some syncs and renames
	return moment{sealed, time.Duration(share * float64(commit))}
}

// kill starts a run of the night and kills it at the moment. It tells whether
// the run was still alive.
func (s *shop) kill(night string, at moment) bool {
	s.t.Helper()
	run := s.start(night)
	if at.after >= publishing {
		run.await(run.publishing)
	}
	if at.after >= sealed {
		run.awaitFile(filepath.Join(s.series, ".staging-"+night, "run.json"))
	}
	select {
	case <-time.After(at.delay):
	case <-run.ended:
	}
	if err := run.command.Process.Kill(); err != nil {
		require.ErrorIs(s.t, err, os.ErrProcessDone)
	}
	<-run.ended
	return !run.command.ProcessState.Exited()
}

// entries are the names in the folder of the job, hidden ones too.
func (s *shop) entries() []string {
	s.t.Helper()
	found, err := os.ReadDir(s.series)
	require.NoError(s.t, err)
	names := make([]string, len(found))
	for i, e := range found {
		names[i] = e.Name()
	}
	return names
}

// requireWhole reads everything that has a name that readers use: each night
// and latest are whole publications, no night of those known is missing, and
// latest does not go back. It returns the nights found, in order.
func (s *shop) requireWhole(known []string) []string {
	s.t.Helper()
	var nights []string
	for _, name := range s.entries() {
		if strings.HasPrefix(name, ".") {
			requireWorkingName(s.t, name)
			continue
		}
		require.NoError(s.t, checkWhole(filepath.Join(s.series, name)))
		if name != "latest" {
			nights = append(nights, name)
		}
	}
	for _, night := range known {
		if _, err := os.Stat(filepath.Join(s.series, night)); errors.Is(err, fs.ErrNotExist) {
			// Where folders cannot be exchanged, a replaced night has no name for
			// an instant; then it is whole under another.
			require.NoError(s.t, checkWhole(filepath.Join(s.series, ".replaced-"+night)))
			nights = append(nights, night)
		}
	}
	require.Subset(s.t, nights, known)
	if len(known) > 0 {
		link, err := os.Readlink(filepath.Join(s.series, "latest"))
		require.NoError(s.t, err)
		// A run killed between its night and latest leaves latest at the night
		// before, until the next run mends it; it never goes back.
		require.GreaterOrEqual(s.t, filepath.Base(link), s.latest)
		s.latest = filepath.Base(link)
	}
	return nights
}

// requireWorkingName refuses hidden entries but those that the package publish
// documents.
func requireWorkingName(t *testing.T, name string) {
	t.Helper()
	for _, prefix := range []string{".lock", ".latest-new", ".staging-", ".replaced-", ".clientele-spill-"} {
		if strings.HasPrefix(name, prefix) {
			return
		}
	}
	require.Fail(t, "left behind", name)
}
